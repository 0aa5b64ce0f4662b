using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using Pastiche.Studio.Pictures;
using Pastiche.Studio.Store;

namespace Pastiche.Studio.Page;

/// <summary>Takes files that are dropped on the page, and says why when it does not.</summary>
internal sealed class PageUploads(PictureIntake intake, StudioOptions options, ISnackbar messages)
{
    /// <summary>What the file dialog offers.</summary>
    public const string Accept = "image/png,image/jpeg,image/webp,image/tiff,image/avif,image/gif";

    /// <summary>Takes a file; <c>null</c>, with a message, when it cannot be taken.</summary>
    public async Task<StoredPicture?> TakeAsync(IBrowserFile file)
    {
        try
        {
            if (file.Size > options.MaxUploadBytes)
                throw new UploadTooLargeException(file.Name, options.MaxUploadBytes);
            await using Stream stream = file.OpenReadStream(options.MaxUploadBytes);
            return await intake.TakeAsync(stream, file.Name, CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidInputException or UploadTooLargeException or StoreFullException)
        {
            messages.Add(exception.Message, Severity.Error);
        }
        catch (IOException)
        {
            messages.Add($"'{file.Name}' did not arrive; try again", Severity.Error);
        }
        return null;
    }
}
