using Pastiche.Models;

namespace Pastiche.Grids;

/// <summary>The models of a grid, each loaded once.</summary>
internal sealed class GridModels
{
    private readonly Dictionary<string, LoadedModel> _loaded = [];

    /// <summary>The model that a request gets.</summary>
    /// <exception cref="InvalidInputException">It cannot be had.</exception>
    public LoadedModel Of(StyleTransferRequest request)
    {
        string name = Stylizer.ModelOf(request);
        if (!_loaded.TryGetValue(name, out LoadedModel? model))
        {
            model = ModelChoice.Load([], request.Model, request.Engine, request.Gatys, request.Threads, _ => []);
            _loaded.Add(name, model);
        }
        return model;
    }
}
