using System.Runtime.CompilerServices;

namespace Pastiche.Tests;

/// <summary>
/// The team's <c>../shared</c> folder (reference values, models, pictures). It is absent on a user's machine:
/// a test that needs it calls <see cref="Path"/>, which skips the test loudly when the file is not there.
/// </summary>
internal static class SharedData
{
    public static string Root { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RepositoryRoot(), "..", "shared"));

    /// <summary>The absolute path of a file below <c>../shared</c>, or a skipped test when it is absent.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.Combine(Root, relative);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"../shared/{relative} is absent on this machine");
        return path;
    }

    /// <summary>The checkout's folder, found from this source file.</summary>
    public static string RepositoryRoot() => FolderAbove(2);

    private static string FolderAbove(int levels, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine([System.IO.Path.GetDirectoryName(here)!, .. Enumerable.Repeat("..", levels)]));
}
