using Pastiche.Engines;

namespace Pastiche.Settings;

/// <summary>
/// Presets for the model slides and for typical materials. The materials' were chosen by looking, with Gram matrices, with <c>compact</c> at 384 pixels;
/// docs/presets.md tells what was seen. Weights mean the same for every network and size, so that they serve elsewhere, too.
/// </summary>
internal static class BuiltInPresets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        Of("gatys", "The defaults of engine gatys: the painting's colours and strokes, shapes and faces the photograph's.", GatysOptions.Gatys),
        Of("gram", "The paper's loss: Gram matrices, all layers alike, so that the painting's large motifs appear, too.", GatysOptions.Gram),
        Of("slides", "The classic slide-deck model exactly; needs vgg19.", GatysOptions.Slides),
        Material("oil", "Oil: body and brush strokes, the subject stays clear.", "style-weight=10 tv-weight=30 alpha=0.5 levels=4,3,2,1"),
        Material("woodcut", "Woodcuts and prints: flat areas, dark outlines.", "style-weight=60 tv-weight=30 alpha=0.6 levels=4,3,2,1"),
        Material("watercolour", "Watercolour: soft washes, little texture.", "style-weight=20 tv-weight=60 alpha=0.5 levels=4,3,2,1"),
        Material("mosaic", "Mosaics: tesserae everywhere, the subject in large.", "style-weight=150 tv-weight=30 alpha=0.7 levels=4,3,2,1"),
        Material("pencil", "Pencil and charcoal: shades of the drawing, none of the photograph's colours; engine universal unless told otherwise.", "engine=universal style-weight=100 tv-weight=30 alpha=0.8 levels=4,3,2,1"),
        Material("stained-glass", "Stained glass and other patches of pure colour.", "style-weight=20 tv-weight=60 alpha=0.5 levels=4,3,2,1"),
    ];

    /// <summary>The one of a name; <c>null</c> when there is none.</summary>
    public static Preset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);

    private static Preset Of(string name, string description, GatysOptions options)
    {
        StyleSettings settings = StyleSettings.Of(new StyleTransferRequest { Content = null!, Styles = [], Gatys = options });
        return new Preset(name, settings.Without(SettingTable.Request.Select(setting => setting.Key)).Set("engine", "gatys"), description);
    }

    private static Preset Material(string name, string description, string settings) =>
        new(name, StyleSettings.OfWords($"style-loss=gram style-falloff=1 {settings}"), description);
}
