using MudBlazor;

namespace Pastiche.Studio.Page;

/// <summary>Colours and type of the page. Fonts are the system's: nothing is fetched.</summary>
internal static class StudioTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Cantarell", "Noto Sans", "DejaVu Sans", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2b3a67",
            Secondary = "#b5391a",
            Background = "#f6f4ef",
            Surface = "#ffffff",
            AppbarBackground = "#2b3a67",
            AppbarText = "#ffffff",
            TextPrimary = "#1f2430",
            TextSecondary = "#4d5464",
            ActionDefault = "#4d5464",
            Info = "#0b5c8f",
            Error = "#b3261e",
            Warning = "#855000",
            Success = "#1e6b32",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#a9bcf5",
            PrimaryContrastText = "#10131c",
            Secondary = "#ff9d80",
            SecondaryContrastText = "#10131c",
            Background = "#14161d",
            Surface = "#1d2029",
            AppbarBackground = "#1d2029",
            AppbarText = "#eceff6",
            TextPrimary = "#eceff6",
            TextSecondary = "#b4bac8",
            ActionDefault = "#b4bac8",
            Info = "#8ecbff",
            Error = "#ffb4ab",
            Warning = "#ffc46b",
            Success = "#8fd8a0",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontWeight = "600" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
    };
}
