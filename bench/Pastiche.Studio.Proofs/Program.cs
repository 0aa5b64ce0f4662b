using Pastiche.Studio.Proofs;

// What takes too long for tests, with the program as users start it; bench/README.md has the figures.
return args switch
{
    ["queue", .. var rest] => await QueueProof.RunAsync(storage: rest.FirstOrDefault()),
    ["load", .. var rest] => await LoadProof.RunAsync(TimeSpan.FromSeconds(rest is [var seconds] ? int.Parse(seconds) : 60)),
    ["fuzz", .. var rest] => await FuzzProof.RunAsync(rest is [var count] ? int.Parse(count) : 10_000),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("queue [POSTGRES-CONNECTION-STRING] | load [SECONDS] | fuzz [COUNT]");
    return 2;
}
