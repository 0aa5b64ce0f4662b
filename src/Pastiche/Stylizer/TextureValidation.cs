using Pastiche.Engines;
using Pastiche.Networks;

namespace Pastiche;

/// <summary>What has to hold of a request for a texture before any work is done. Every problem is one line.</summary>
internal static class TextureValidation
{
    /// <summary>All problems of a request's values.</summary>
    public static IReadOnlyList<string> Problems(TextureRequest request)
    {
        var engine = new EngineChoice(request.Engine, request.Gatys, request.Universal);
        IReadOnlyList<string> missing = [.. OptionsValidation.Missing(request), .. RequestValidation.MissingParts(engine, request.Styles), .. RegionValidation.Missing(request.Styles, request.Regions)];
        if (missing.Count > 0)
            return missing;

        List<string> problems =
        [
            .. OptionsValidation.Problems(request),
            .. RequestValidation.EngineProblems(engine),
            .. RequestValidation.CheckpointProblems(request.Checkpoint, engine),
            .. RegionValidation.Problems(RegionLayout.Of(request)),
            .. RegionLayout.Of(request).AllStyles.SelectMany(RequestValidation.StyleProblems),
        ];
        if (problems.Count == 0 && !engine.IsUniversal && GatysTaps.Style(request.Gatys).Count == 0)
            problems.Add("style does not count: style weight must be positive, with layers");
        if (problems.Count == 0 && request.IsSeamless)
            problems.AddRange(SeamProblems(request));
        return problems;
    }

    /// <summary>Problems of a request, valid otherwise, with its model, its sizes and this machine.</summary>
    public static IEnumerable<string> FitProblems(TextureRequest request, NetworkWeights weights)
    {
        var fit = new EngineFit(TextureSynthesizer.EngineOf(request), weights);
        return
        [
            .. fit.NetworkProblems(),
            .. fit.SizeProblems("the texture", request.Width, request.Height),
            .. fit.StyleProblems(RegionLayout.Of(request).AllStyles, TextureSynthesizer.StyleSizeOf(request)),
            .. RegionProblems(request),
        ];
    }

    private static IReadOnlyList<string> RegionProblems(TextureRequest request)
    {
        var layout = RegionLayout.Of(request);
        string[] shapes = [.. RegionValidation.ShapeProblems(layout, "the texture", request.Width, request.Height)];
        if (shapes.Length > 0)
            return shapes;
        // There is no photograph that could stay.
        if (request.Styles.Count == 0 && layout.MapFor(request.Width, request.Height) is { Uncovered: > 0 and long uncovered })
            return [$"{uncovered} pixels of the texture are in no region; give paintings for them, or masks that cover all"];
        return [.. RegionValidation.FitProblems(TextureSynthesizer.EngineOf(request), layout, request.Width, request.Height, TextureSynthesizer.StyleSizeOf(request))];
    }

    // Across the seam the poolings go on as inside only when a side holds whole features.
    private static IEnumerable<string> SeamProblems(TextureRequest request)
    {
        (string deepest, int unit) = request.Engine == EngineKind.Universal ? DeepestLevel(request) : DeepestLayer(request.Gatys);
        foreach ((string name, int side) in new[] { ("width", request.Width), ("height", request.Height) })
        {
            int below = side / unit * unit;
            if (below != side)
                yield return $"{name} is {side}; a seamless texture with {deepest} needs a multiple of {unit}: {below} or {below + unit}";
        }
    }

    // Levels for which the texture is too small are left out.
    private static (string Name, int Unit) DeepestLevel(TextureRequest request)
    {
        int shortSide = Math.Min(request.Width, request.Height);
        IEnumerable<int> levels = request.Universal.Levels.Select(level => level.Level).Where(level => UniversalEngine.SmallestSide(level) <= shortSide);
        int deepest = levels.DefaultIfEmpty(1).Max();
        return ($"level {deepest}", StripPlan.UnitOf(deepest));
    }

    private static (string Name, int Unit) DeepestLayer(GatysOptions options)
    {
        Tap deepest = GatysTaps.Style(options).Max();
        return ($"layer {deepest}", FeatureNetwork.SmallestSide([deepest]));
    }
}
