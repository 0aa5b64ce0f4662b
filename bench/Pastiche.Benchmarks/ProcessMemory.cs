namespace Pastiche.Benchmarks;

/// <summary>What the operating system says of this process's memory. Linux only.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>The resident size at present, in MiB.</summary>
    public static double Resident => Mebibytes("VmRSS");

    /// <summary>The largest resident size so far, in MiB.</summary>
    public static double Peak => Mebibytes("VmHWM");

    /// <summary>Lets the peak start anew at the present size.</summary>
    public static void ClearPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>Refuses other systems.</summary>
    /// <param name="command">The command that asks.</param>
    /// <exception cref="InvalidInputException">This is not Linux.</exception>
    public static void Require(string command)
    {
        if (!OperatingSystem.IsLinux())
            throw new InvalidInputException($"the command {command} reads {Status}; allowed: Linux");
    }

    // A line of the file reads "VmHWM:     12345 kB".
    private static double Mebibytes(string field)
    {
        string line = File.ReadLines(Status).First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }
}
