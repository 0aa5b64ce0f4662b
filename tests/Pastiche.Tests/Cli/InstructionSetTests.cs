using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;

namespace Pastiche.Tests.Cli;

/// <summary>The same command with narrower vectors, as on an older processor: each time a process of its own, since the runtime chooses once.</summary>
public sealed class InstructionSetTests : IDisposable
{
    // As README and ARCHITECTURE state them, in 255ths.
    private const double RmsOfUniversal = 1, MaximumOfUniversal = 8, LossOfGatys = 0.1;

    private const string Without512 = "DOTNET_EnableAVX512", Without256 = "DOTNET_EnableAVX2";

    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-vectors-").FullName;

    public InstructionSetTests()
    {
        PictureFile.Write(Stripes(240, 176, 0.11), InFolder("photo.png"));
        PictureFile.Write(Stripes(208, 192, 0.4), InFolder("painting.png"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--engine", "universal")]
    [InlineData("--engine", "universal", "--transform", "ot", "--colors", "content-covariance")]
    [InlineData("--iterations", "15")]
    [InlineData("--iterations", "15", "--style-loss", "wasserstein", "--scales", "2")]
    [InlineData("--iterations", "15", "--optimizer", "adam")]
    public async Task Vectors_of_256_bits_give_the_bytes_of_those_of_512(params string[] options)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "this machine has no vectors of 512 bits");

        await PaintAsync("Vector512", [], options);
        await PaintAsync("Vector256", [Without512], options);

        Assert.Equal(File.ReadAllBytes(InFolder("Vector512.png")), File.ReadAllBytes(InFolder("Vector256.png")));
    }

    [Fact]
    public async Task Vectors_of_128_bits_repaint_within_the_stated_tolerance()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "this machine has no vectors of 256 bits");

        // Photographs: of drawn patterns, whitening enlarges rounding more.
        File.Copy(SharedData.Path("images/content/kodim04.png"), InFolder("photo.png"), overwrite: true);
        File.Copy(SharedData.Path("images/styles/starry_night.jpg"), InFolder("painting.png"), overwrite: true);

        await PaintAsync("Vector256", [Without512], ["--engine", "universal", "--size", "192"]);
        await PaintAsync("Vector128", [Without256], ["--engine", "universal", "--size", "192"]);

        Picture wide = PictureFile.Read(InFolder("Vector256.png")), narrow = PictureFile.Read(InFolder("Vector128.png"));
        Assert.InRange(255 * TestImages.Rms(wide, narrow), 0, RmsOfUniversal);
        Assert.InRange(255 * wide.Planes.Zip(narrow.Planes, (a, b) => Math.Abs(a - b)).Max(), 0, MaximumOfUniversal);
    }

    [Fact]
    public async Task Vectors_of_128_bits_reach_the_loss_within_the_stated_tolerance()
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "this machine has no vectors of 256 bits");

        double wide = await PaintAsync("Vector256", [Without512], ["--iterations", "60"]);
        double narrow = await PaintAsync("Vector128", [Without256], ["--iterations", "60"]);

        Assert.InRange(narrow / wide, 1 - LossOfGatys, 1 + LossOfGatys);
    }

    // Noise on them: of a picture that is smooth all over, whitening would show nothing but rounding.
    private static Picture Stripes(int width, int height, double frequency)
    {
        var random = new Random(width);
        return new Picture(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(i =>
            (float)(0.5 + 0.35 * Math.Sin(frequency * (i % width) + 0.15 * (i / width) + i / (width * height)) + 0.15 * (random.NextDouble() - 0.5)))]);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    /// <summary>Paints a file that is named like the vectors, which the program must say that it used; the last loss.</summary>
    private async Task<double> PaintAsync(string vectors, string[] without, string[] options)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Pastiche.Cli")) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        // Metadata would name the vectors.
        foreach (string word in (string[])["paint", "photo.png", "--style", "painting.png", "-o", $"{vectors}.png", "--model", "compact", "--trace", $"{vectors}.json", "--no-metadata", "--quiet", .. options.Contains("--size") ? options : [.. options, "--size", "72"]])
            start.ArgumentList.Add(word);
        foreach (string variable in without)
            start.Environment[variable] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", error);

        using JsonDocument trace = JsonDocument.Parse(await File.ReadAllTextAsync(InFolder($"{vectors}.json"), TestContext.Current.CancellationToken));
        Assert.Equal(vectors, trace.RootElement.GetProperty("environment").GetProperty("instructionSet").GetString());
        JsonElement[] steps = [.. trace.RootElement.GetProperty("evaluations").EnumerateArray()];
        return steps.Length > 0 && steps[^1].GetProperty("loss") is { ValueKind: JsonValueKind.Number } loss ? loss.GetDouble() : double.NaN;
    }
}
