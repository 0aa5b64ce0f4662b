using Pastiche.Compute;
using Pastiche.Engines;
using Pastiche.Models;

namespace Pastiche;

/// <summary>Which model a request gets.</summary>
internal static class ModelChoice
{
    /// <summary>
    /// The one that is named, else <c>compact</c> for the universal engine and <c>vgg19</c> for raw features, else
    /// <see cref="ModelStore.DefaultModel"/>.
    /// </summary>
    public static string Of(string? named, EngineKind engine, GatysOptions? gatys) =>
        named
        ?? (engine == EngineKind.Universal ? ModelStore.BuiltInName
        : NeedsVgg19(named, engine, gatys) ? ModelSource.Vgg19.Name
        : ModelStore.Default.DefaultModel());

    /// <summary>Loads it, if the request is valid otherwise.</summary>
    /// <param name="problems">What is wrong with the request's values.</param>
    /// <param name="named">The model that it names.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="gatys">Its settings of optimisation.</param>
    /// <param name="threads">Its threads.</param>
    /// <param name="fit">What is wrong with the model for a valid request.</param>
    /// <exception cref="InvalidInputException">Something is wrong; all of it is listed.</exception>
    public static LoadedModel Load(
        IEnumerable<string> problems, string? named, EngineKind engine, GatysOptions? gatys, int? threads,
        Func<LoadedModel, IEnumerable<string>> fit)
    {
        List<string> all = [.. problems];
        LoadedModel? model = null;
        try
        {
            _ = threads ?? WorkerPool.DefaultThreads();
            string name = Of(named, engine, gatys);
            if (NeedsVgg19(named, engine, gatys) && ModelStore.Default.DefaultModel() != name)
                throw new InvalidInputException($"raw features (preset slides) are those of {name}, which is not installed; name a model, or bring it: pastiche models pull {name}");
            if (all.Count == 0)
                model = ModelStore.Default.Load(name);
            else
                ModelStore.Default.Resolve(name);
        }
        catch (InvalidInputException exception)
        {
            all.AddRange(exception.Problems);
        }
        // Sizes and depths can be judged only when sizes and layers are valid themselves.
        if (all.Count == 0)
            all.AddRange(fit(model!));
        return all.Count == 0 ? model! : throw new InvalidInputException(all);
    }

    // The weights for raw features are weights for the scale of one network.
    private static bool NeedsVgg19(string? named, EngineKind engine, GatysOptions? gatys) =>
        named is null && engine == EngineKind.Gatys && gatys is { RawFeatures: true };
}
