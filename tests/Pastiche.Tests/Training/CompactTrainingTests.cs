using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Imaging;
using Pastiche.Tests.Networks;
using Pastiche.Training;

namespace Pastiche.Tests.Training;

/// <summary>Whole trainings, small ones: a folder of four drawn pictures, a teacher of a few channels, crops of 32 pixels.</summary>
public sealed class CompactTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pastiche-training-").FullName;

    public CompactTrainingTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "photos"));
        for (int i = 0; i < 4; i++)
            PictureFile.Write(new Picture(96, 80, SmallVgg.Picture(80, 96, seed: i + 1)), InFolder($"photos/{i}.png"));
        File.WriteAllText(InFolder("photos/notes.txt"), "no picture");
        ModelFile.Write(SmallVgg.Random(), InFolder("teacher.safetensors"));
    }

    private TrainingOptions Options => new()
    {
        Photos = InFolder("photos"),
        Teacher = InFolder("teacher.safetensors"),
        JointSteps = 3,
        DecoderSteps = 2,
        DeepSteps = 2,
        Batch = 3,
        CropSize = 32,
        CheckpointEvery = 2,
    };

    [Fact]
    public void Losses_fall()
    {
        var steps = new List<TrainingProgress>();

        CompactTraining.Run(Options with { JointSteps = 60, DecoderSteps = 0, DeepSteps = 0 }, new Recorder(steps.Add), TestContext.Current.CancellationToken);

        for (int level = 0; level < 5; level++)
        {
            Assert.True(Mean(steps[^10..], step => step.Decibels[level]) > Mean(steps[..10], step => step.Decibels[level]) + 1, $"level {level + 1}");
        }
        for (int tap = 0; tap < 6; tap++)
            Assert.True(Mean(steps[^10..], step => step.Unexplained[tap]) < Mean(steps[..10], step => step.Unexplained[tap]), $"tap {tap + 1}");
    }

    [Fact]
    public void A_training_goes_on_from_a_model_where_that_one_ended()
    {
        var first = new List<TrainingProgress>();
        var second = new List<TrainingProgress>();
        CompactTraining.Run(Options with { JointSteps = 60, DecoderSteps = 0, DeepSteps = 0 }, new Recorder(first.Add), TestContext.Current.CancellationToken)
            .Save(InFolder("first"));

        CompactTraining.Run(
            Options with { From = InFolder("first"), JointSteps = 5, DecoderSteps = 0, DeepSteps = 0, Seed = 2 }, new Recorder(second.Add), TestContext.Current.CancellationToken);

        for (int level = 0; level < 5; level++)
            Assert.True(Mean(second, step => step.Decibels[level]) > Mean(first[..second.Count], step => step.Decibels[level]) + 1, $"level {level + 1}");
        Assert.Contains("it has no decoder1.conv1_1", Refusal(Options with { From = InFolder("teacher.safetensors") }));
    }

    [Fact]
    public void Resumed_training_ends_in_the_same_bytes_whatever_the_threads()
    {
        TrainingOptions options = Options with { Checkpoint = InFolder("checkpoint") };
        CompactTraining.Run(options with { Threads = 1 }, null, TestContext.Current.CancellationToken).Save(InFolder("straight"));

        // Stopped within each of the stages, and resumed with another number of threads.
        foreach (int last in new[] { 2, 4, 6 })
        {
            using var stop = new CancellationTokenSource();
            var recorder = new Recorder(step => StopAfter(stop, step, last));
            TrainedModel part = CompactTraining.Run(options with { Threads = last, Resume = last > 2 }, recorder, stop.Token);
            Assert.Equal(last, part.Steps);
            Assert.False(part.IsCompleted);
        }
        TrainedModel end = CompactTraining.Run(options with { Resume = true }, null, TestContext.Current.CancellationToken);
        end.Save(InFolder("resumed"));

        Assert.True(end.IsCompleted);
        Assert.Equal(File.ReadAllBytes(InFolder("straight")), File.ReadAllBytes(InFolder("resumed")));
    }

    [Fact]
    public void Encoder_stays_while_only_decoders_learn()
    {
        CompactTraining.Run(Options with { DecoderSteps = 1, DeepSteps = 0 }, null, TestContext.Current.CancellationToken).Save(InFolder("before"));
        CompactTraining.Run(Options with { DecoderSteps = 4, DeepSteps = 0 }, null, TestContext.Current.CancellationToken).Save(InFolder("after"));

        NetworkWeights before = ModelFile.Read(InFolder("before")), after = ModelFile.Read(InFolder("after"));
        for (int i = 0; i < before.Convolutions.Count; i++)
            Assert.Equal(before.Convolutions[i].Kernel, after.Convolutions[i].Kernel);
        for (int level = 0; level < before.Decoders.Count; level++)
            Assert.NotEqual(before.Decoders[level].Convolutions[0].Kernel, after.Decoders[level].Convolutions[0].Kernel);
    }

    [Fact]
    public void All_but_the_deepest_level_stays_while_only_that_learns()
    {
        CompactTraining.Run(Options with { DeepSteps = 1 }, null, TestContext.Current.CancellationToken).Save(InFolder("before"));
        CompactTraining.Run(Options with { DeepSteps = 4 }, null, TestContext.Current.CancellationToken).Save(InFolder("after"));

        NetworkWeights before = ModelFile.Read(InFolder("before")), after = ModelFile.Read(InFolder("after"));
        for (int i = 0; i < before.Convolutions.Count; i++)
            Assert.Equal(i < 9, before.Convolutions[i].Kernel.AsSpan().SequenceEqual(after.Convolutions[i].Kernel));
        for (int level = 0; level < before.Decoders.Count; level++)
            Assert.Equal(level < 4, before.Decoders[level].Convolutions[0].Kernel.AsSpan().SequenceEqual(after.Decoders[level].Convolutions[0].Kernel));
    }

    [Fact]
    public void Model_file_tells_how_it_came_about_and_files_that_are_no_pictures_are_named()
    {
        TrainedModel model = CompactTraining.Run(Options, null, TestContext.Current.CancellationToken);
        model.Save(InFolder("model"));

        Assert.Equal("notes.txt", Assert.Single(model.SkippedPhotos).Split(':')[0]);
        using TensorFile file = TensorFile.Open(InFolder("model"));
        Assert.Contains("steps 3 + 2 + 2, batch 3, crop 32", file.Metadata["training"]);
        Assert.Contains("Simonyan", file.Metadata["attribution"]);
        Assert.All(file.Tensors.Values, tensor => Assert.Equal(IsMeasured(tensor.Name) ? ElementType.Float32 : ElementType.Float16, tensor.Type));

        static bool IsMeasured(string name) => name.Split('.')[^1] is "mean_activation" or "metric";
    }

    [Fact]
    public void Checkpoint_of_other_settings_or_photographs_is_refused()
    {
        TrainingOptions options = Options with { Checkpoint = InFolder("checkpoint") };
        CompactTraining.Run(options, null, TestContext.Current.CancellationToken);

        Assert.Contains("other settings", Refusal(options with { Resume = true, Seed = 9 }));
        File.Delete(InFolder("photos/0.png"));
        Assert.Contains("other photographs", Refusal(options with { Resume = true }));
        Assert.Contains("no checkpoint", Refusal(options with { Resume = true, Checkpoint = InFolder("teacher.safetensors") }));
        Assert.Contains("does not exist", Refusal(options with { Resume = true, Checkpoint = InFolder("nothing") }));
    }

    [Theory]
    [InlineData(40, "multiple of 16")]
    [InlineData(16, "32 to 1024")]
    public void Crop_sizes_that_do_not_fit_are_refused(int side, string expected) => Assert.Contains(expected, Refusal(Options with { CropSize = side }));

    [Fact]
    public void A_folder_without_photographs_is_refused()
    {
        Directory.CreateDirectory(InFolder("empty"));
        Assert.Contains("empty", Refusal(Options with { Photos = InFolder("empty") }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void StopAfter(CancellationTokenSource stop, TrainingProgress step, int last)
    {
        if (step.Step == last)
            stop.Cancel();
    }

    private static double Mean(IEnumerable<TrainingProgress> steps, Func<TrainingProgress, double> value) => steps.Average(value);

    private static string Refusal(TrainingOptions options) =>
        Assert.Throws<InvalidInputException>(() => CompactTraining.Run(options, null, TestContext.Current.CancellationToken)).Message;

    private string InFolder(string name) => Path.Combine(_folder, name);

    private sealed class Recorder(Action<TrainingProgress> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record(value);
    }
}
