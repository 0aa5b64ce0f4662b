using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Transforms;

namespace Pastiche.Tests;

/// <summary>Textures with the built-in model.</summary>
public sealed class TextureSynthesizerTests
{
    private static readonly Picture Wave = new(64, 64, SmallVgg.Picture(64, 64, seed: 2)), Night = new(70, 48, Dark(SmallVgg.Picture(48, 70, seed: 3)));

    private static readonly TextureRequest Request = new()
    {
        Styles = [new StyleSource(Wave)],
        Width = 64,
        Height = 48,
        StyleSize = 64,
        Model = "compact",
        Threads = 2,
        Gatys = GatysOptions.Texture with { Iterations = 25 },
    };

    [Theory]
    [InlineData(EngineKind.Universal)]
    [InlineData(EngineKind.Gatys)]
    public void Seamless_texture_has_no_seam_and_another_has(EngineKind engine)
    {
        // Smooth paintings, so that a seam shows.
        TextureRequest request = Request with { Styles = [new StyleSource(TestImages.Smooth(64, 64))], Engine = engine, Width = 96, Height = 96 };

        double[] seams = [.. new[] { true, false }.Select(isSeamless => Torus.Seam(Run(request with { IsSeamless = isSeamless }).Planes, 96, 96))];

        Assert.InRange(seams[0], 0.5, 1.3);
        Assert.True(seams[1] > 1.5 * seams[0], $"{seams[1]} against {seams[0]}: the measure would prove nothing");
    }

    [Fact]
    public void Passes_go_through_all_levels_again_and_are_counted()
    {
        var reports = new List<StyleProgress>();
        TextureRequest request = Request with { Passes = 2, Universal = UniversalOptions.Texture with { Levels = [new(3), new(1)] } };

        StyleResult result = TextureSynthesizer.Run(request, new Immediate(reports.Add), TestContext.Current.CancellationToken);

        Assert.Equal([(1, 4), (2, 4), (3, 4), (4, 4)], reports.Select(report => (report.Iteration, report.Iterations)));
        Assert.True(result.Completed);
        Assert.Equal((64, 48, 4, "compact"), (result.Picture.Width, result.Picture.Height, result.Iterations, result.Run.Model));
        Assert.Equal(result.Picture.Planes, Run(request with { Passes = 1, Universal = request.Universal with { Levels = [new(3), new(1), new(3), new(1)] } }).Planes);
        Assert.NotEqual(result.Picture.Planes, Run(request with { Passes = 1 }).Planes);
    }

    [Fact]
    public void Optimisation_lowers_the_loss_and_has_no_content()
    {
        var reports = new List<StyleProgress>();
        // Whatever is said of content does not count.
        TextureRequest request = Request with { Engine = EngineKind.Gatys, Gatys = Request.Gatys with { ContentWeight = 5 } };

        StyleResult result = TextureSynthesizer.Run(request, new Immediate(reports.Add), TestContext.Current.CancellationToken);

        Assert.Equal(25, result.Losses.Count);
        Assert.True(result.Losses[^1] < 0.2 * result.Losses[0], string.Join(", ", result.Losses));
        Assert.All(reports, report => Assert.DoesNotContain(report.Terms.Keys, key => key.StartsWith("content", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(EngineKind.Universal)]
    [InlineData(EngineKind.Gatys)]
    public void Seed_decides_and_threads_do_not(EngineKind engine)
    {
        TextureRequest request = Request with { Engine = engine, Gatys = Request.Gatys with { Iterations = 4 }, IsSeamless = true };
        float[] expected = Run(request).Planes;
        Assert.Equal(expected, Run(request with { Threads = 3 }).Planes);
        Assert.NotEqual(expected, Run(request with { Seed = 1 }).Planes);
    }

    [Theory]
    [InlineData(EngineKind.Universal, 0.1)]
    [InlineData(EngineKind.Gatys, 0.2)]     // Half of the way from noise to a dark painting and more, in few iterations.
    public void Texture_has_the_paintings_colours_and_weights_lie_between(EngineKind engine, double tolerance)
    {
        TextureRequest request = Request with { Engine = engine, Passes = 2, Gatys = Request.Gatys with { Iterations = 120 } };
        double wave = MeanOf(1, 0), night = MeanOf(0, 1), middle = MeanOf(1, 1);

        Assert.Equal(Wave.Planes.Average(), wave, tolerance);
        Assert.Equal(Night.Planes.Average(), night, tolerance);
        Assert.InRange(middle, night + 0.2 * (wave - night), night + 0.8 * (wave - night));

        double MeanOf(double waveWeight, double nightWeight) => Run(request with
        {
            Styles = [.. new[] { new StyleSource(Wave, waveWeight), new StyleSource(Night, nightWeight) }.Where(style => style.Weight > 0)],
        }).Planes.Average();
    }

    [Theory]
    [InlineData(EngineKind.Universal, TransformKind.WhiteningColouring)]
    [InlineData(EngineKind.Universal, TransformKind.AdaIN)]
    [InlineData(EngineKind.Universal, TransformKind.OptimalTransport)]
    [InlineData(EngineKind.Gatys, TransformKind.WhiteningColouring)]
    public void Odd_paintings_and_sizes_give_pictures(EngineKind engine, TransformKind transform)
    {
        TextureRequest request = Request with
        {
            Engine = engine,
            Universal = UniversalOptions.Texture with { Transform = transform },
            Gatys = Request.Gatys with { Iterations = 4 },
        };
        Picture black = new(40, 48, new float[3 * 48 * 40]), tiny = new(16, 16, SmallVgg.Picture(16, 16));
        Picture single = new(48, 40, [.. Enumerable.Range(0, 3 * 48 * 40).Select(i => 0.2f + i / (48 * 40) * 0.3f)]);
        Picture hidden = new(64, 64, Wave.Planes, new float[64 * 64]);
        foreach (Picture style in new[] { black, single, tiny, hidden })
        {
            // As large as they are, so that none becomes another.
            TextureRequest odd = request with { Styles = [new StyleSource(style)], StyleSize = Math.Max(style.Width, style.Height), Width = 53, Height = 37 };
            AssertPicture(Run(odd), 53, 37);
        }
        AssertPicture(Run(request with { Width = 16, Height = 16, IsSeamless = true }), 16, 16);
    }

    [Theory]
    [InlineData(EngineKind.Universal)]
    [InlineData(EngineKind.Gatys)]
    public void Transparent_pixels_do_not_count(EngineKind engine)
    {
        float[] alpha = [.. Enumerable.Range(0, 64 * 64).Select(i => i % 64 < 32 ? 1f : 0f)];
        float[] planes = [.. Wave.Planes.Select((value, i) => i % 64 < 32 ? value : 0)];
        TextureRequest request = Request with { Engine = engine, Styles = [new StyleSource(new Picture(64, 64, planes, alpha))] };

        Picture texture = Run(request);

        Assert.Null(texture.Alpha);
        Assert.Equal(Wave.Planes.Average(), texture.Planes.Average(), 0.1);
    }

    [Fact]
    public void Colour_profile_that_the_paintings_have_in_common_survives()
    {
        byte[] profile = [1, 2, 3];
        Picture one = new(64, 64, Wave.Planes, iccProfile: profile), same = new(70, 48, Night.Planes, iccProfile: [1, 2, 3]);
        TextureRequest request = Request with { Passes = 1, Universal = UniversalOptions.Texture with { Levels = [new(1)] } };

        Assert.Equal(profile, Run(request with { Styles = [new StyleSource(one), new StyleSource(same)] }).IccProfile);
        Assert.Null(Run(request with { Styles = [new StyleSource(one), new StyleSource(Night)] }).IccProfile);
        Assert.Null(Run(request with { Styles = [new StyleSource(Night), new StyleSource(one)] }).IccProfile);
    }

    [Fact]
    public void Cancellation_keeps_what_was_reached()
    {
        using var cancellation = new CancellationTokenSource();
        Picture? third = null;
        var progress = new Immediate(report =>
        {
            if (report.Iteration != 3)
                return;
            third = report.Snapshot();
            cancellation.Cancel();
        });

        StyleResult result = TextureSynthesizer.Run(Request, progress, cancellation.Token);

        Assert.False(result.Completed);
        Assert.Equal(3, result.Iterations);
        Assert.Equal(third!.Planes, result.Picture.Planes);
    }

    [Fact]
    public void Model_is_that_of_a_repainting()
    {
        Assert.Equal("compact", TextureSynthesizer.ModelOf(Request with { Model = null }));
        Assert.Equal("mine", TextureSynthesizer.ModelOf(Request with { Model = "mine" }));
        Assert.Equal(Pastiche.Models.ModelStore.Default.DefaultModel(), TextureSynthesizer.ModelOf(Request with { Model = null, Engine = EngineKind.Gatys }));
    }

    private static Picture Run(TextureRequest request) => TextureSynthesizer.Run(request, cancellation: TestContext.Current.CancellationToken).Picture;

    private static void AssertPicture(Picture picture, int width, int height)
    {
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.All(picture.Planes, value => Assert.InRange(value, 0, 1));
    }

    private static float[] Dark(float[] planes) => Array.ConvertAll(planes, value => 0.3f * value);

    private sealed class Immediate(Action<StyleProgress> report) : IProgress<StyleProgress>
    {
        public void Report(StyleProgress value) => report(value);
    }
}
