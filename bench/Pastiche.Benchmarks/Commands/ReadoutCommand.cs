using Pastiche.Benchmarks.Readouts;
using Pastiche.Compute;
using Pastiche.Imaging;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Training;

namespace Pastiche.Benchmarks.Commands;

/// <summary>
/// <c>readout</c>: how much of VGG-19 is in a model: at each tap a linear map from the model's features to VGG-19's is fitted on
/// crops of one folder's photographs, and its predictions are correlated with VGG-19's features on those of another.
/// </summary>
internal static class ReadoutCommand
{
    private const int CropSide = 256, Seed = 1;

    private static readonly Tap[] Taps =
        [.. new[] { "relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1" }.Select(Tap.Parse)];

    public static int Run(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args, "--model", "--teacher", "--train", "--crops", "--photos", "--threads");
        using var compute = new NetworkCompute(arguments.Threads());
        string model = arguments.Text("--model", BenchmarkModels.Compact), teacher = arguments.Text("--teacher", ModelSource.Vgg19.Name);
        int crops = arguments.Integer("--crops", 1, 100_000) ?? 100;
        string[] files = Pictures.Files(arguments.Text("--photos", SharedFolder.Content));
        using var pupil = new FeatureNetwork(
            ModelStore.Default.Load(model).Weights, Taps, PoolingKind.Max, compute, PaddingKind.Reflection);
        using var reference = new FeatureNetwork(
            BenchmarkModels.AtCommonScale(teacher, compute), Taps, PoolingKind.Max, compute, PaddingKind.Reflection);

        PhotoFolder photos = PhotoFolder.Open(arguments.Text("--train", SharedFolder.Photos), CancellationToken.None);
        FeatureMoments[] fitted = Accumulate(pupil, reference, Enumerable.Range(0, crops).Select(crop => Crop(photos, crop)), compute);
        FeatureMoments[] judged = Accumulate(pupil, reference, files.Select(PictureFile.Read), compute);

        Console.WriteLine($"correlation of {teacher}'s features with a linear readout from {model}'s");
        Console.WriteLine($"fitted on {crops} crops of {CropSide} x {CropSide}, judged on {files.Length} photographs (in brackets: on the crops)");
        Console.WriteLine($"  {"",-10}{"mean over channels",24}{"pooled",24}");
        for (int i = 0; i < Taps.Length; i++)
        {
            var readout = new LinearReadout(fitted[i]);
            ReadoutQuality quality = readout.Judge(judged[i]), own = readout.Judge(fitted[i]);
            string mean = $"{quality.MeanOverChannels:F3} ({own.MeanOverChannels:F3})", pooled = $"{quality.Pooled:F3} ({own.Pooled:F3})";
            Console.WriteLine($"  {Taps[i],-10}{mean,24}{pooled,24}");
        }
        return 0;
    }

    private static FeatureMoments[] Accumulate(
        FeatureNetwork pupil, FeatureNetwork reference, IEnumerable<Picture> pictures, NetworkCompute compute)
    {
        FeatureMoments[]? moments = null;
        foreach (Picture picture in pictures)
        {
            pupil.Forward(picture.Planes, picture.Height, picture.Width);
            reference.Forward(picture.Planes, picture.Height, picture.Width);
            moments ??= [.. Taps.Select(tap => new FeatureMoments(pupil[tap].Channels, reference[tap].Channels))];
            for (int i = 0; i < Taps.Length; i++)
                moments[i].Add(pupil[Taps[i]], reference[Taps[i]], compute.Pool);
        }
        return moments!;
    }

    private static Picture Crop(PhotoFolder photos, int sample)
    {
        var planes = new float[3 * CropSide * CropSide];
        photos.Crop(Seed, step: 0, sample, CropSide, planes);
        return new Picture(CropSide, CropSide, planes);
    }
}
