using System.Text.Json;
using Pastiche.Imaging;

namespace Pastiche.Tests.Cli.Paint;

public sealed class PaintBatchTests
{
    [Fact]
    public void Pictures_of_a_folder_are_painted_in_the_order_of_their_names_and_keep_them()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "b.JPG", "a.png", "c.gif", "notes.txt", ".hidden.jpg", "sub/d.jpg");

        Assert.Equal(0, Batch(stage, "@photos"));

        Assert.Equal(["a.png", "b.JPG", "c.png"], Files(stage, "painted"));
        Assert.Equal("2", stage.Content("painted/b.JPG"));
        Assert.Equal(["a.png", "b.JPG", "c.png"], stage.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line.Trim())));
        Assert.Equal(
            [
                "model: vgg19 (installed)",
                $"photograph 1 of 3: {stage.InFolder("photos/a.png")}", "iteration 1/2  loss 1.000e+03", "iteration 2/2  loss 5.000e+02  0.0 s left",
                $"photograph 2 of 3: {stage.InFolder("photos/b.JPG")}", "iteration 1/2  loss 1.000e+03", "iteration 2/2  loss 5.000e+02  0.0 s left",
                $"photograph 3 of 3: {stage.InFolder("photos/c.gif")}", "iteration 1/2  loss 1.000e+03", "iteration 2/2  loss 5.000e+02  0.0 s left",
            ],
            stage.ErrorLines);
        Assert.Equal(1, stage.ClosedSessions);
    }

    [Fact]
    public void Recursive_takes_subfolders_but_not_its_own_results()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png", "sub/deep/d.jpg");

        Assert.Equal(0, Batch(stage, "@photos", "--recursive", "-o", "@photos/painted"));
        Assert.Equal(0, Batch(stage, "@photos", "--recursive", "-o", "@photos/painted"));

        Assert.Equal(["a.png", "sub/deep/d.jpg"], Files(stage, "photos/painted"));
    }

    [Fact]
    public void Several_files_go_to_one_folder()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png");

        Assert.Equal(0, Batch(stage, "@photos/a.png", "@photo.jpg", "--quiet"));

        Assert.Equal(["a.png", "photo.jpg"], Files(stage, "painted"));
        Assert.Empty(stage.Error.ToString());
        Assert.Empty(stage.Output.ToString());
    }

    [Fact]
    public void One_photograph_goes_to_a_folder_when_the_output_ends_like_one()
    {
        using var stage = new PaintStage();

        Assert.Equal(0, Batch(stage, "@photo.jpg", "-o", "@painted/"));

        Assert.Equal(["photo.jpg"], Files(stage, "painted"));
    }

    [Fact]
    public void Photograph_that_cannot_be_read_is_named_and_the_others_are_painted()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png", "b.png", "c.png");
        File.WriteAllText(stage.InFolder("photos/b.png"), PaintStage.Broken);

        Assert.Equal(1, Batch(stage, "@photos", "--quiet"));

        Assert.Equal(["a.png", "c.png"], Files(stage, "painted"));
        Assert.Equal(
            [$"pastiche: cannot read {stage.InFolder("photos/b.png")}: it is broken", "pastiche: 1 of 3 photographs could not be painted"],
            stage.ErrorLines);
        Assert.Equal(1, stage.ClosedSessions);
    }

    [Fact]
    public void Photograph_that_the_engine_refuses_is_named_and_the_others_are_painted()
    {
        int calls = 0;
        using var stage = new PaintStage
        {
            Engine = (_, _, _) => ++calls == 2 ? throw new InvalidInputException("content is 15 x 40 pixels") : Result(completed: true),
        };
        Fill(stage, "photos", "a.png", "b.png", "c.png");

        Assert.Equal(1, Batch(stage, "@photos", "--quiet"));

        Assert.Equal(["a.png", "c.png"], Files(stage, "painted"));
        Assert.Equal($"pastiche: {stage.InFolder("photos/b.png")}: content is 15 x 40 pixels", stage.ErrorLines[0]);
    }

    [Fact]
    public void Existing_results_are_replaced_or_left_as_they_are()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png", "b.png");
        Fill(stage, "painted", "a.png");

        Assert.Equal(0, Batch(stage, "@photos", "--skip-existing"));
        Assert.Equal("a.png", stage.Content("painted/a.png"));
        Assert.Equal("2", stage.Content("painted/b.png"));
        Assert.Equal("pastiche: 1 of 2 photographs have their results and are left out", stage.ErrorLines[0]);

        Assert.Equal(0, Batch(stage, "@photos"));
        Assert.Equal("2", stage.Content("painted/a.png"));

        Assert.Equal(0, Batch(stage, "@photos", "--skip-existing"));
        Assert.Equal("pastiche: 2 of 2 photographs have their results and are left out", stage.ErrorLines[^1]);
        Assert.Equal(2, stage.ClosedSessions);
    }

    [Fact]
    public void Interruption_keeps_what_is_finished_and_nothing_else()
    {
        using var cancellation = new CancellationTokenSource();
        int calls = 0;
        using var stage = new PaintStage
        {
            Interrupted = cancellation,
            Engine = (_, _, _) =>
            {
                if (++calls == 2)
                    cancellation.Cancel();
                return Result(completed: calls == 1);
            },
        };
        Fill(stage, "photos", "a.png", "b.png", "c.png");

        Assert.Equal(130, Batch(stage, "@photos"));

        Assert.Equal(2, calls);
        Assert.Equal(["a.png"], Files(stage, "painted"));
        Assert.Equal("pastiche: stopped: 1 of 3 photographs are painted; --skip-existing goes on with the others", stage.ErrorLines[^1]);
        Assert.Equal(1, stage.ClosedSessions);
    }

    [Fact]
    public void Snapshots_and_traces_are_each_photographs_own()
    {
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png", "b.jpg");

        Assert.Equal(0, Batch(stage, "@photos", "--save-every", "1", "--trace", "@traces"));

        Assert.Equal(["a-0001.png", "a-0002.png", "a.png", "b-0001.jpg", "b-0002.jpg", "b.jpg"], Files(stage, "painted"));
        Assert.Equal(["a.png.json", "b.jpg.json"], Files(stage, "traces"));
        using var trace = JsonDocument.Parse(stage.Content("traces/b.jpg.json"));
        Assert.Equal(stage.InFolder("photos/b.jpg"), trace.RootElement.GetProperty("content").GetString());
        Assert.Equal(stage.InFolder("painted/b.jpg"), trace.RootElement.GetProperty("result").GetProperty("file").GetString());
        Assert.Equal(2, trace.RootElement.GetProperty("evaluations").GetArrayLength());
    }

    [Theory]
    [InlineData("@photos -o @photos", "--output would write '@photos/a.png', which is a photograph")]
    [InlineData("@photos -o @out.png", "--output '@out.png' is named like a file; several photographs need a folder")]
    [InlineData("@photos -o @night.jpg", "--output '@night.jpg' is a file; several photographs need a folder")]
    [InlineData("@photos -o @none/painted", "--output '@none/painted' cannot be made: the folder @none does not exist")]
    [InlineData("@photos/a.png @more/a.png -o @painted", "--output would write '@painted/a.png', which is the result of '@photos/a.png'")]
    [InlineData("@photos @photos/b.jpg -o @painted --trace @trace.json", "--trace '@trace.json' is named like a file; several photographs need a folder")]
    [InlineData("@photos/a.png -o @a.png --recursive", "--recursive is for folders; give one as CONTENT")]
    [InlineData("@photo.jpg @night.jpg -o @out.png", "--output '@out.png' is named like a file; several photographs need a folder")]
    [InlineData("@empty -o @painted", "no picture in the folder '@empty'; pictures are named *.png *.jpg *.gif *.heic *.heif")]
    public void What_cannot_be_done_is_one_line_exit_2_and_nothing_done(string words, string problem)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the messages have slashes");
        using var stage = new PaintStage();
        Fill(stage, "photos", "a.png");
        Fill(stage, "more", "a.png", "b.jpg");
        Directory.CreateDirectory(stage.InFolder("empty"));
        words = words.Replace("@photos/b.jpg", "@more/b.jpg");

        Assert.Equal(2, stage.Run(["paint", "--style", "@wave.jpg", .. words.Split(' ')]));

        Assert.Equal("pastiche: " + problem.Replace("@", stage.Folder + "/"), Assert.Single(stage.ErrorLines));
        Assert.Null(stage.Request);
        Assert.Equal(["empty", "more", "photos"], stage.Written);
        Assert.Equal("a.png", stage.Content("photos/a.png"));
    }

    private static int Batch(PaintStage stage, params string[] words)
    {
        string[] output = words.Contains("-o") ? [] : ["-o", "@painted"];
        return stage.Run(["paint", "--style", "@wave.jpg", "--iterations", "2", .. output, .. words]);
    }

    /// <summary>Makes files whose content is their name.</summary>
    private static void Fill(PaintStage stage, string folder, params string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(stage.InFolder(folder), name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
        }
    }

    private static string[] Files(PaintStage stage, string folder) =>
        [.. Directory.EnumerateFiles(stage.InFolder(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(stage.InFolder(folder), path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static StyleResult Result(bool completed) =>
        new(new Picture(1, 1, new float[3]), [1], completed, new RunRecord("", "", 1, "", "", TimeSpan.Zero));
}
