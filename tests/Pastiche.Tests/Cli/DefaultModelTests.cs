using System.Diagnostics;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Cli;

/// <summary>The program as a process of its own, in a folder without models and with an empty home.</summary>
public sealed class DefaultModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-default-").FullName;

    public DefaultModelTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the user's data folder cannot be moved on Windows");
        PictureFile.Write(TestImages.Smooth(96, 72), InFolder("photo.png"));
        Directory.CreateDirectory(InFolder("home"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_any_model_the_built_in_one_paints_and_says_so()
    {
        (int code, string error) = await PaintAsync();

        Assert.Equal(0, code);
        Assert.Matches("^model: compact \\(built in; 'pastiche models pull vgg19' brings the larger one\\)\nabout [0-9]+ s for 3 iterations\niteration 1/3", error);
        Assert.Equal((64, 48), (Result().Width, Result().Height));
        Assert.Empty(Directory.EnumerateFileSystemEntries(InFolder("home")));
    }

    [Fact]
    public async Task Quiet_does_not_say_so()
    {
        (int code, string error) = await PaintAsync("--quiet");

        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task A_stored_vgg19_is_preferred()
    {
        StoreVgg19();

        (int code, string error) = await PaintAsync();

        Assert.Equal(0, code);
        Assert.StartsWith("model: vgg19 (installed)\n", error);
    }

    [Fact]
    public async Task Slides_need_vgg19_unless_a_model_is_named()
    {
        (int code, string error) = await PaintAsync("--preset", "slides");

        Assert.Equal(2, code);
        Assert.Equal(
            "pastiche: raw features (preset slides) are those of vgg19, which is not installed; name a model, or bring it: pastiche models pull vgg19\n",
            error);
        Assert.False(File.Exists(InFolder("out.png")));

        (code, error) = await PaintAsync("--preset", "slides", "--model", "compact");
        Assert.Equal(0, code);
        Assert.StartsWith("model: compact (--model)\n", error);

        StoreVgg19();
        (code, error) = await PaintAsync("--preset", "slides");
        Assert.Equal(0, code);
        Assert.StartsWith("model: vgg19 (installed)\n", error);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private Picture Result() => PictureFile.Read(InFolder("out.png"));

    private void StoreVgg19()
    {
        string folder = Path.Combine(InFolder("home"), ".local", "share", "pastiche", "models");
        Directory.CreateDirectory(folder);
        ModelFile.Write(SmallVgg.Random(), Path.Combine(folder, "vgg19.safetensors"));
    }

    private async Task<(int Code, string Error)> PaintAsync(params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pastiche.Cli"))
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string word in (string[])["paint", "photo.png", "--style", "photo.png", "-o", "out.png", "--size", "64", "--iterations", "3", "--threads", "2", .. words])
            start.ArgumentList.Add(word);
        start.Environment["HOME"] = InFolder("home");
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove(ModelStore.FoldersVariable);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
