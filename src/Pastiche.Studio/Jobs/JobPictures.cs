using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Jobs;

/// <summary>Makes what the library is asked for of what a job says.</summary>
internal sealed class JobPictures(BlobStore blobs)
{
    /// <summary>Reads a job's pictures.</summary>
    /// <param name="job">The job.</param>
    /// <exception cref="InvalidInputException">A picture is no longer what it was.</exception>
    public StyleTransferRequest Load(JobRequest job) => job.Settings.ApplyTo(new StyleTransferRequest
    {
        Content = Read(job.Content),
        Styles = Read(job.Styles),
        Regions = [.. job.Regions.Select(region => new StyleRegion(Read(region.Mask), Read(region.Styles), region.Name))],
    });

    private StyleSource[] Read(IReadOnlyList<JobStyle> styles) =>
        [.. styles.Select(style => new StyleSource(Read(style.Picture), style.Weight, style.Picture.Name))];

    private Picture Read(StoredPicture picture) => blobs.Contains(picture.Blob)
        ? PictureFile.Read(blobs.Read(picture.Blob), picture.Name)
        : throw new InvalidInputException($"'{picture.Name}' is no longer kept");
}
