using System.Runtime.CompilerServices;
using Pastiche.Imaging;

namespace Pastiche.Studio.Proofs;

/// <summary>The repository's pictures.</summary>
internal static class Samples
{
    /// <summary>A painting.</summary>
    public static Picture Swirls { get; } = PictureFile.Read(File("swirls.jpg"));

    /// <summary>The path of one.</summary>
    public static string File(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "samples", name));
}
