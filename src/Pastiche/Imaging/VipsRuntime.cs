using NetVips;

namespace Pastiche.Imaging;

/// <summary>
/// Prepares libvips once for the whole process, before its first use: it prints nothing, keeps nothing after a call,
/// and decodes only the formats of <see cref="InputFormat"/>.
/// </summary>
internal static class VipsRuntime
{
    // libvips' class names; "Nsgif" is GIF. The Ultra-HDR loader stays blocked, so that such a file loads as the plain JPEG it also is.
    private static readonly string[] Loaders = ["Jpeg", "Png", "Webp", "Tiff", "Heif", "Nsgif"];

    private static readonly Lazy<bool> Ready = new(Prepare);

    /// <summary>Call this before anything of NetVips.</summary>
    /// <exception cref="DllNotFoundException">The native library cannot be loaded on this machine.</exception>
    public static void EnsureReady() => _ = Ready.Value;

    private static bool Prepare()
    {
        if (!ModuleInitializer.VipsInitialized)
            throw new DllNotFoundException("the native image library libvips cannot be loaded on this machine", ModuleInitializer.Exception);

        // Headers with absurd sizes are reported by the object system below libvips, too.
        foreach (string domain in (string[])["VIPS", "GLib-GObject"])
            Log.SetLogHandler(domain, Enums.LogLevelFlags.AllButFatal, static (_, _, _) => { });
        Cache.Max = 0;

        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (string loader in Loaders)
            Operation.Block("VipsForeignLoad" + loader, false);
        return true;
    }
}
