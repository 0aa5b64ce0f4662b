using Pastiche.Benchmarks.Regions;
using Pastiche.Engines;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>regions</c>: paints regions with both engines and measures, by VGG-19, how far each is from every region's painting.
/// </summary>
internal static class RegionsCommand
{
    private const int DefaultIterations = 200;

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--images", "--size", "--model", "--iterations", "--style-weight", "--alpha", "--output", "--threads", "--verbose");
        string output = arguments.Text("--output", "regions");
        int size = arguments.Size("--size", 512), threads = arguments.Threads();
        using var judge = new RegionJudge(threads);
        Directory.CreateDirectory(output);

        Console.WriteLine(Machine.Header(threads));
        bool isVerbose = arguments.Has("--verbose");
        int strays = 0;
        foreach (RegionCase part in RegionCase.All(arguments.Text("--images", SharedFolder.Images)))
        {
            var request = new StyleTransferRequest
            {
                Content = part.Content,
                Styles = [],
                Regions = part.Regions,
                Size = size,
                Threads = threads,
                Universal = UniversalOptions.Default with { Alpha = arguments.Number("--alpha", 0, 1) ?? 1 },
                Gatys = GatysOptions.Gram with
                {
                    Iterations = arguments.Integer("--iterations", 1, 100_000) ?? DefaultIterations,
                    StyleWeight = arguments.Number("--style-weight", 0, 1e12) ?? GatysOptions.Gram.StyleWeight,
                },
            };
            IReadOnlyList<double[]>[] styles = [.. part.Regions.Select(region => judge.Read(Fit(region.Styles[0].Picture, size), region.Styles[0].Mask))];
            Tell(part, "photograph", Fit(part.Content, size), judge, styles, isVerbose);
            foreach (StyleTransferRequest run in new[]
            {
                request with { Engine = EngineKind.Universal },
                request with { Engine = EngineKind.Gatys, Model = arguments.Text("--model", ModelSource.Vgg19.Name) },
            })
            {
                StyleResult result = Stylizer.Run(run);
                string name = $"{run.Engine}".ToLowerInvariant();
                PictureFile.Write(result.Picture, Path.Combine(output, $"{part.Name}-{name}.png"));
                strays += Tell(part, $"{name}, {result.Run.Model}", result.Picture, judge, styles, isVerbose);
            }
        }
        Console.WriteLine(strays == 0 ? "every painted region is nearest to its own painting" : $"{strays} painted regions are nearer to another region's painting");
        return strays == 0 ? 0 : 1;
    }

    // Returns the number of regions that are nearer to another region's painting than to their own, by the logarithm, which gives each
    // layer the same say; a sum is that of the layer in which features are strongest.
    private static int Tell(RegionCase part, string what, Picture picture, RegionJudge judge, IReadOnlyList<double[]>[] styles, bool isVerbose)
    {
        Console.WriteLine($"{part.Name}, {what}: sum and mean logarithm of the style loss of each region towards {string.Join(", ", part.Regions.Select(region => region.Styles[0].Name))}");
        int strays = 0;
        for (int i = 0; i < styles.Length; i++)
        {
            IReadOnlyList<double[]> grams = judge.Read(picture, part.Regions[i].Mask);
            double[][] losses = [.. styles.Select(style => RegionJudge.Losses(grams, style))];
            double[] sums = [.. losses.Select(layers => layers.Sum())], logarithms = [.. losses.Select(layers => layers.Average(Math.Log))];
            strays += logarithms[i] <= logarithms.Min() ? 0 : 1;
            Console.WriteLine($"  {part.Regions[i].Name,-20}{Row(sums, i)}{Row(logarithms, i)}");
            if (isVerbose)
                Console.WriteLine(string.Join(Environment.NewLine, losses.Select(layers => $"      {string.Concat(layers.Select(loss => $"{loss,12:G4}"))}")));
        }
        return strays;

        static string Row(double[] losses, int own) =>
            $"{string.Concat(losses.Select(loss => $"{loss,10:G4}"))} {(losses[own] <= losses.Min() ? "own    " : "another")}";
    }

    private static Picture Fit(Picture picture, int size)
    {
        (int width, int height) = Resampling.FitLongSide(picture.Width, picture.Height, size);
        return Resampling.Resize(picture, width, height);
    }
}
