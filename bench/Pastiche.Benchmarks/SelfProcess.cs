using System.Diagnostics;

namespace Pastiche.Benchmarks;

/// <summary>Starts this very program again with other arguments.</summary>
internal static class SelfProcess
{
    public static Process Start(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(SelfProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
