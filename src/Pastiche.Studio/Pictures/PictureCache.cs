using Microsoft.Extensions.Caching.Memory;
using Pastiche.Imaging;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Pictures;

/// <summary>Small copies of kept pictures, in memory: decoded for previews, as JPEG for browsers.</summary>
internal sealed class PictureCache(BlobStore blobs) : IDisposable
{
    private const long Limit = 200L << 20;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Limit });

    /// <summary>A copy whose long side is at most a length.</summary>
    /// <exception cref="IOException">The picture is no longer kept.</exception>
    public Picture Small(string blob, int longSide) => _cache.GetOrCreate(("picture", blob, longSide), entry =>
    {
        Picture small = Thumbnail.Fit(PictureFile.Read(blobs.Read(blob), "picture"), longSide);
        entry.Size = small.Planes.Length * sizeof(float);
        return small;
    })!;

    /// <summary>The copy as JPEG.</summary>
    public byte[] Jpeg(string blob, int longSide) => _cache.GetOrCreate(("jpeg", blob, longSide), entry =>
    {
        byte[] jpeg = Thumbnail.Jpeg(PictureFile.Read(blobs.Read(blob), "picture"), longSide);
        entry.Size = jpeg.Length;
        return jpeg;
    })!;

    public void Dispose() => _cache.Dispose();
}
