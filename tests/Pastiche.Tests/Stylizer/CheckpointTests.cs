using Pastiche.Cli.Displays;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static StyleTransferRequest Plain { get; } = new()
    {
        Content = TestImages.Smooth(80, 60, hasAlpha: true),
        Styles = [new StyleSource(new Picture(64, 64, SmallVgg.Picture(64, 64)))],
        Size = 80,
        Gatys = GatysOptions.Gatys with { Iterations = 24, Scales = 2 },
        Model = "compact",
    };

    private string File => Path.Combine(_folder.Root, "run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OptimizerKind.Lbfgs, InitKind.Content)]
    [InlineData(OptimizerKind.Adam, InitKind.Noise)]
    [InlineData(OptimizerKind.Lbfgs, InitKind.Content, 16.0, 4.0, 1.0, 0.0, 0.0)]
    public void Interrupted_again_and_again_it_gives_the_same_picture_to_the_bit(OptimizerKind optimizer, InitKind init, params double[] layerWeights)
    {
        StyleTransferRequest plain = Plain with { Gatys = Plain.Gatys with { Optimizer = optimizer, StyleLayerWeights = layerWeights }, Init = init };
        StyleResult whole = Stylizer.Run(plain, cancellation: TestContext.Current.CancellationToken);

        StyleResult last = whole;
        int runs = 0;
        for (bool isDone = false; !isDone; isDone = last.Completed)
        {
            using var source = new CancellationTokenSource();
            int heard = 0, most = 3 + runs++ % 4;
            last = Stylizer.Run(plain with { Checkpoint = new CheckpointOptions(File) { Interval = 3600 } }, new ImmediateProgress<StyleProgress>(_ =>
            {
                if (++heard == most)
                    source.Cancel();
            }), source.Token);
            Assert.True(runs < 30);
        }

        Assert.True(runs > 3, $"{runs} runs");
        Assert.Equal(whole.Losses, last.Losses);
        Assert.Equal(whole.Picture.Planes, last.Picture.Planes);
    }

    [Fact]
    public void Whatever_was_written_last_before_a_crash_leads_to_the_same_picture()
    {
        var copies = new List<string>();
        StyleTransferRequest request = Plain with { Checkpoint = new CheckpointOptions(File) { Interval = 0, Note = "what for" } };
        StyleResult whole = Stylizer.Run(request, new ImmediateProgress<StyleProgress>(progress =>
        {
            if (!System.IO.File.Exists(File) || progress.Iteration % 5 != 0)
                return;
            copies.Add($"{File}.{progress.Iteration}");
            System.IO.File.Copy(File, copies[^1]);
        }), TestContext.Current.CancellationToken);

        Assert.Equal(Stylizer.Run(Plain, cancellation: TestContext.Current.CancellationToken).Picture.Planes, whole.Picture.Planes);
        Assert.True(copies.Count >= 4, $"{copies.Count} copies");
        foreach (string copy in copies)
        {
            Assert.Equal("what for", CheckpointOptions.NoteIn(copy));
            StyleResult resumed = Stylizer.Run(Plain with { Checkpoint = new CheckpointOptions(copy) }, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(whole.Losses, resumed.Losses);
            Assert.Equal(whole.Picture.Planes, resumed.Picture.Planes);
        }
        Assert.Empty(Directory.EnumerateFiles(_folder.Root, "*.tmp"));
    }

    [Fact]
    public void A_texture_is_resumed_with_other_threads()
    {
        var plain = new TextureRequest
        {
            Styles = Plain.Styles,
            Width = 48,
            Height = 48,
            Engine = EngineKind.Gatys,
            Gatys = GatysOptions.Texture with { Iterations = 10 },
            Model = "compact",
            Threads = 1,
        };
        StyleResult whole = TextureSynthesizer.Run(plain, cancellation: TestContext.Current.CancellationToken);
        using var source = new CancellationTokenSource();
        TextureRequest kept = plain with { Checkpoint = new CheckpointOptions(File) };
        TextureSynthesizer.Run(kept, new ImmediateProgress<StyleProgress>(progress =>
        {
            if (progress.Iteration == 6)
                source.Cancel();
        }), source.Token);

        StyleResult resumed = TextureSynthesizer.Run(kept with { Threads = 2 }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(whole.Picture.Planes, resumed.Picture.Planes);
        Assert.Equal(10, resumed.Iterations);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        string[] others = [$"{File}.bak", Path.Combine(_folder.Root, ".other.checkpoint.01234567.tmp"), Path.Combine(_folder.Root, ".run.checkpoint.tmp")];
        foreach (string file in others.Append(Path.Combine(_folder.Root, ".run.checkpoint.0123abcd.tmp")))
            System.IO.File.WriteAllText(file, "half");

        Cancel(Plain with { Checkpoint = new CheckpointOptions(File) });

        Assert.Equal(others.Append(File).Order(), Directory.EnumerateFiles(_folder.Root).Order());
    }

    [Fact]
    public void Another_run_is_refused()
    {
        Cancel(Plain with { Checkpoint = new CheckpointOptions(File) });
        StyleTransferRequest[] others =
        [
            Plain with { Gatys = Plain.Gatys with { StyleWeight = 3 } },
            Plain with { Gatys = Plain.Gatys with { StyleLayers = ["relu1_1"] } },
            Plain with { Gatys = Plain.Gatys with { StyleLayerWeights = [1, 2, 3, 4, 5] } },
            Plain with { Content = TestImages.Smooth(80, 60) },
            Plain with { Styles = [Plain.Styles[0], Plain.Styles[0] with { Weight = 2 }] },
            Plain with { Size = 79 },
            Plain with { Init = InitKind.Noise },
            Plain with { Strength = Plain.Content },
        ];
        byte[] before = System.IO.File.ReadAllBytes(File);

        foreach (StyleTransferRequest other in others)
        {
            string message = Assert.Throws<InvalidInputException>(() => Stylizer.Run(other with { Checkpoint = new CheckpointOptions(File) }, cancellation: TestContext.Current.CancellationToken)).Message;
            Assert.Equal($"checkpoint '{File}' is one of another run: photograph, painting, settings or model differ; name another file, or delete it", message);
        }
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        Cancel(Plain with { Checkpoint = new CheckpointOptions(File) });
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..(bytes.Length / 2)]);

        InvalidInputException exception = Assert.Throws<InvalidInputException>(() => Stylizer.Run(Plain with { Checkpoint = new CheckpointOptions(File) }, cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("damaged", Assert.Single(exception.Problems));
        Assert.Contains("is no checkpoint", Assert.Throws<InvalidInputException>(() => CheckpointOptions.NoteIn(Model())).Message);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_does_not_end_the_run()
    {
        string missing = Path.Combine(_folder.Root, "missing", "run.checkpoint");
        StyleResult result = Stylizer.Run(
            Plain with { Checkpoint = new CheckpointOptions(missing) { Interval = 0 } }, cancellation: TestContext.Current.CancellationToken);

        Assert.True(result.Completed);
        Assert.IsType<DirectoryNotFoundException>(result.CheckpointFailure);
    }

    [Fact]
    public void Requests_with_checkpoints_that_make_no_sense_are_refused()
    {
        Assert.Contains("checkpoints are for engine gatys", Problem(Plain with { Engine = EngineKind.Universal, Checkpoint = new CheckpointOptions(File) }));
        Assert.Contains("checkpoint names no file", Problem(Plain with { Checkpoint = new CheckpointOptions(" ") }));
        Assert.Contains("interval is -1; allowed: 0 to 86400", Problem(Plain with { Checkpoint = new CheckpointOptions(File) { Interval = -1 } }));

        static string Problem(StyleTransferRequest request) => Assert.Throws<InvalidInputException>(() => Stylizer.Run(request)).Message;
    }

    private static void Cancel(StyleTransferRequest request)
    {
        using var source = new CancellationTokenSource();
        Stylizer.Run(request, new ImmediateProgress<StyleProgress>(progress =>
        {
            if (progress.Iteration == 5)
                source.Cancel();
        }), source.Token);
    }

    private string Model()
    {
        string file = Path.Combine(_folder.Root, "model.safetensors");
        Pastiche.Models.SafetensorsWriter.Write(file, [new("weights", [1], [1f], Pastiche.Models.ElementType.Float32)]);
        return file;
    }
}
