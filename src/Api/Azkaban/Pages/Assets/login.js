// Logs in without leaving the page, then shows the page that was asked for.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("login-form");
  const message = document.getElementById("error-msg");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "login");
    try {
      const reply = await (await fetch("/", { method: "POST", body })).json();
      if (reply.error) message.textContent = reply.error;
      else window.location.reload();
    } catch {
      message.textContent = "The server does not answer.";
    }
  });
});
