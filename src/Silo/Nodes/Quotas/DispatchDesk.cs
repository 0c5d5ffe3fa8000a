using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// A <see cref="DispatchBoard"/> with quotas beside it. An attempt without one only passes the board. One with quotas comes up in the
/// board's order; if a quota is full it steps aside, so it holds nobody up, and comes back to the head of its line when there is room;
/// if not, a permit has to be asked for before it is handed out. No clock, no I/O.
/// </summary>
internal sealed class DispatchDesk
{
    private readonly DispatchBoard board = new();
    private readonly DispatchBoard granted = new();
    private readonly QuotaBook book = new();
    private readonly Dictionary<AttemptId, Limited> limited = [];
    private readonly Dictionary<string, Aside> aside = new(StringComparer.Ordinal);
    private List<Limited> toAsk = [];
    private List<Limited> inFlight = [];

    /// <summary>Attempts that could be handed out if there were slots.</summary>
    public int Count => board.Count + granted.Count;

    /// <summary>True while anything here has a quota.</summary>
    public bool HasLimited => limited.Count > 0;

    /// <summary>Attempts whose permits are being asked for: they need slots as soon as they have them.</summary>
    public int Asked => toAsk.Count + inFlight.Count;

    /// <summary>Quotas that something has stepped aside for.</summary>
    public IReadOnlyList<string> FullQuotas => [.. aside.Where(pair => pair.Value.Board.Count > 0).Select(pair => pair.Key)];

    /// <summary>Takes in an attempt; one that waits already stays where it is, unless its quotas have changed.</summary>
    public void Offer(DispatchItem item)
    {
        if (limited.Count > 0 && limited.TryGetValue(item.Attempt, out var known))
        {
            if (known.IsOutOfReach || known.Item.Quotas.SequenceEqual(item.Quotas)) return;
            Withdraw(item.Attempt);
        }
        else if (item.Quotas.Count > 0) board.Withdraw(item.Attempt);

        if (item.Quotas.Count > 0) limited.Add(item.Attempt, new Limited(item));
        board.Offer(item);
    }

    public void Withdraw(AttemptId attempt)
    {
        board.Withdraw(attempt);
        if (!limited.Remove(attempt, out var entry)) return;

        granted.Withdraw(attempt);
        Leave(entry);
    }

    /// <summary>Everything that waits, with permits or without, for the desk that takes its place. Of no use afterwards.</summary>
    public IReadOnlyList<DispatchItem> Leave() =>
        [.. board.Take(board.Count).Concat(limited.Values.Select(entry => entry.Item)).DistinctBy(item => item.Attempt)];

    /// <summary>
    /// The next attempts for a silo, at most so many; fewer when some of those whose turn it is need permits. Those are asked for now, and
    /// are handed out first when they have them.
    /// </summary>
    public List<DispatchItem> Take(int count)
    {
        if (limited.Count == 0) return board.Take(count);

        var taken = granted.Take(count);
        foreach (var item in taken) limited.Remove(item.Attempt);
        for (var left = count - taken.Count; left > 0 && board.Count > 0;)
            foreach (var item in board.Take(left))
                if (!limited.TryGetValue(item.Attempt, out var entry))
                {
                    taken.Add(item);
                    left--;
                }
                else if (TryAsk(entry)) left--;

        return taken;
    }

    /// <summary>The attempts to get permits for, in order; empty when there are none or an answer is still to come.</summary>
    public IReadOnlyList<DispatchItem> TakeAsked()
    {
        if (inFlight.Count > 0) return [];

        (inFlight, toAsk) = (toAsk, inFlight);
        return [.. inFlight.Select(entry => entry.Item)];
    }

    /// <summary>Takes in the answer to what was asked last.</summary>
    /// <param name="permitted">Those that have their permits now.</param>
    /// <param name="state">Their quotas, as they stand with these permits.</param>
    /// <returns>Attempts that have permits and are not wanted any more.</returns>
    public IReadOnlyList<AttemptId> Settle(IReadOnlySet<AttemptId> permitted, QuotaState state)
    {
        var asked = inFlight;
        inFlight = [];
        Refresh(state);

        var unwanted = new List<AttemptId>();
        foreach (var entry in Enumerable.Reverse(asked))
            if (!IsHere(entry))
            {
                if (permitted.Contains(entry.Item.Attempt)) unwanted.Add(entry.Item.Attempt);
            }
            else if (!permitted.Contains(entry.Item.Attempt)) PutBack(entry);

        foreach (var entry in asked)
            if (IsHere(entry) && permitted.Contains(entry.Item.Attempt)) granted.Offer(entry.Item);
        return unwanted;
    }

    /// <summary>There is no answer to what was asked last: it is asked again when its turn comes.</summary>
    public void GiveUpAsking()
    {
        var asked = inFlight;
        inFlight = [];
        foreach (var entry in Enumerable.Reverse(asked).Where(IsHere))
        {
            book.Free(entry.Item.Attempt);
            PutBack(entry);
        }
    }

    /// <summary>These attempts have ended and count no more.</summary>
    public void Free(IReadOnlyList<AttemptId> attempts)
    {
        foreach (var attempt in attempts) book.Free(attempt);
        BringBack();
    }

    /// <summary>Takes in quotas as they stand. What is being asked for may not be among the permits yet.</summary>
    public void Refresh(QuotaState state)
    {
        book.Replace(state);
        foreach (var entry in toAsk.Concat(inFlight).Where(IsHere)) book.Hold(entry.Item.Attempt, entry.Item.Quotas);
        BringBack();
    }

    private bool TryAsk(Limited entry)
    {
        Leave(entry);
        if (book.FindFull(entry.Item.Attempt, entry.Item.Quotas) is { } full)
        {
            StepAside(entry, full);
            return false;
        }

        book.Hold(entry.Item.Attempt, entry.Item.Quotas);
        entry.IsOutOfReach = true;
        toAsk.Add(entry);
        return true;
    }

    private void StepAside(Limited entry, string key)
    {
        if (!aside.TryGetValue(key, out var place)) aside[key] = place = new Aside();
        entry.Aside = place;
        place.Board.Offer(entry.Item);
    }

    /// <summary>Forgets that the attempt has stepped aside, or has come back from there.</summary>
    private static void Leave(Limited entry)
    {
        if (entry.Aside is not { } place) return;

        place.Board.Withdraw(entry.Item.Attempt);
        if (entry.IsBack) place.Back--;
        (entry.Aside, entry.IsBack) = (null, false);
    }

    private void BringBack()
    {
        foreach (var (key, place) in aside)
        {
            // Those that came back before and whose turn has not come will use up room.
            var room = (long)book.RoomIn(key) - place.Back;
            if (room <= 0 || place.Board.Count == 0) continue;

            var back = place.Board.Take((int)Math.Min(room, place.Board.Count));
            place.Back += back.Count;
            foreach (var item in Enumerable.Reverse(back))
            {
                limited[item.Attempt].IsBack = true;
                board.OfferFirst(item);
            }
        }
    }

    private void PutBack(Limited entry)
    {
        entry.IsOutOfReach = false;
        board.OfferFirst(entry.Item);
    }

    /// <summary>False when it was withdrawn meanwhile, even if it was offered anew.</summary>
    private bool IsHere(Limited entry) => limited.TryGetValue(entry.Item.Attempt, out var current) && ReferenceEquals(current, entry);

    private sealed class Limited(DispatchItem item)
    {
        public DispatchItem Item => item;

        /// <summary>True once a permit is asked for; it may be there already.</summary>
        public bool IsOutOfReach { get; set; }

        /// <summary>Where it has stepped aside, or has come back from.</summary>
        public Aside? Aside { get; set; }

        public bool IsBack { get; set; }
    }

    private sealed class Aside
    {
        public DispatchBoard Board { get; } = new();

        /// <summary>How many have come back from here and wait on the main board.</summary>
        public int Back { get; set; }
    }
}
