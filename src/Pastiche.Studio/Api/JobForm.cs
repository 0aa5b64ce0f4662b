using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Pastiche.Studio.Pictures;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Api;

/// <summary>
/// Reads the parts of a request for a job: <c>content</c>, one or more <c>style</c>, <c>mask</c>, <c>weight</c>, <c>settings</c>. They are taken as
/// they come; nothing is put aside in other places than the store.
/// </summary>
internal sealed class JobForm(PictureIntake intake, StyleGallery gallery)
{
    private const int MostPictures = 32, LongestText = 1 << 20, LongestBoundary = 100;

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidInputException">It is no such form; all problems but those of pictures are listed.</exception>
    public async Task<JobRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        StoredPicture? content = null;
        List<StoredPicture> styles = [], masks = [];
        List<string> weights = [], problems = [];
        StyleSettings settings = StyleSettings.Empty;

        MultipartReader reader = ReaderOf(request);
        while (await NextAsync(reader, cancellation) is { } section)
        {
            ContentDispositionHeaderValue? part = section.GetContentDispositionHeader();
            string name = HeaderUtilities.RemoveQuotes(part?.Name ?? default).Value ?? "";
            bool isFile = part?.IsFileDisposition() == true;
            switch (name)
            {
                case "content" when isFile && content is null:
                    content = await PictureAsync(section, part!);
                    break;
                case "style" when isFile:
                    styles.Add(await PictureAsync(section, part!));
                    break;
                case "style":
                    string wanted = await TextAsync(section, cancellation);
                    if (gallery.Find(wanted) is { } painting)
                        styles.Add(gallery.Keep(painting));
                    else
                        problems.Add($"style '{wanted}' is none of {string.Join(", ", gallery.Paintings.Select(known => known.Id))}; a file needs a file name");
                    break;
                case "mask" when isFile:
                    masks.Add(await PictureAsync(section, part!));
                    break;
                case "weight":
                    weights.Add(await TextAsync(section, cancellation));
                    break;
                case "settings":
                    settings = SettingsFile.Parse(await TextAsync(section, cancellation), "settings");
                    break;
                default:
                    problems.Add($"part '{name}' is unexpected; allowed: one content, styles, masks (files), weights, one settings");
                    break;
            }
            if (styles.Count + masks.Count > MostPictures)
                throw new InvalidInputException($"there are more than {MostPictures} pictures");
        }

        if (content is null)
            problems.Add("part 'content' is missing: the photograph, as a file");
        if (masks.Count > styles.Count)
            problems.Add($"there are {masks.Count} masks and {styles.Count} styles; each mask is where the style of its number goes");
        JobStyle[] weighted = [.. styles.Select((style, i) => new JobStyle(style, i < weights.Count ? Weight(weights[i], problems) : 1))];
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        return new JobRequest
        {
            Id = "",
            Client = "",
            Created = default,
            Content = content!,
            Styles = weighted[masks.Count..],
            Regions = [.. masks.Select((mask, i) => new JobRegion(mask, [weighted[i]], $"region {i + 1}"))],
            Settings = settings,
        };

        Task<StoredPicture> PictureAsync(MultipartSection section, ContentDispositionHeaderValue part) => intake.TakeAsync(
            section.Body, HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value, cancellation);
    }

    private static MultipartReader ReaderOf(HttpRequest request)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        return boundary is { Length: > 0 and <= LongestBoundary }
            ? new MultipartReader(boundary, request.Body)
            : throw new InvalidInputException("the request is no multipart/form-data with a boundary");
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new InvalidInputException($"the request's parts cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<string> TextAsync(MultipartSection section, CancellationToken cancellation)
    {
        var buffer = new byte[LongestText + 1];
        int length = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length <= LongestText ? Encoding.UTF8.GetString(buffer, 0, length) : throw new InvalidInputException($"a text is longer than {LongestText} bytes");
    }

    private static double Weight(string text, List<string> problems)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight is > 0 and < 1e9)
            return weight;
        problems.Add($"weight '{text}' is not a positive number");
        return 1;
    }
}
