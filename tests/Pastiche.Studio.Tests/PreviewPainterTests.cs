using Microsoft.Extensions.DependencyInjection;
using Pastiche.Studio.Pictures;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Tests;

/// <summary>Previews.</summary>
public sealed class PreviewPainterTests
{
    [Fact]
    public async Task Preview_that_is_being_painted_stops_when_the_server_ends()
    {
        Task<byte[]> preview;
        await using (StudioStage studio = await StudioStage.OpenAsync())
        {
            var painter = studio.Services.GetRequiredService<PreviewPainter>();
            preview = painter.PaintAsync(Draft(studio, "{}"), CancellationToken.None);
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preview);
    }

    [Fact]
    public async Task Preview_is_small_whatever_is_wanted_and_the_same_each_time()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        var painter = studio.Services.GetRequiredService<PreviewPainter>();
        JobRequest draft = Draft(studio, """{ "engine": "gatys", "size": 4096, "iterations": 100000 }""");
        byte[] first = await painter.PaintAsync(draft, CancellationToken.None);
        byte[] again = await painter.PaintAsync(draft, CancellationToken.None);
        byte[] weaker = await painter.PaintAsync(draft with { Settings = draft.Settings.Set("alpha", "0.1") }, CancellationToken.None);

        Assert.Equal(PreviewPainter.Side, Imaging.PictureFile.Read(first, "preview").Width);
        Assert.Equal(first, again);
        Assert.NotEqual(first, weaker);
    }

    [Fact]
    public async Task Preview_of_settings_that_name_a_file_is_refused()
    {
        await using StudioStage studio = await StudioStage.OpenAsync();
        var painter = studio.Services.GetRequiredService<PreviewPainter>();
        JobRequest draft = Draft(studio, """{ "colors": "palette:/etc/hostname" }""");
        await Assert.ThrowsAsync<InvalidInputException>(() => painter.PaintAsync(draft, CancellationToken.None));
    }

    private static JobRequest Draft(StudioStage studio, string settings)
    {
        var intake = studio.Services.GetRequiredService<PictureIntake>();
        return new JobRequest
        {
            Id = "",
            Client = "",
            Created = default,
            Content = intake.Keep(Pictures.Draw(640, 480), "photo.png"),
            Styles = [new JobStyle(intake.Keep(Pictures.Draw(200, 160, 3), "style.png"))],
            Settings = SettingsFile.Parse(settings, "settings"),
        };
    }
}
