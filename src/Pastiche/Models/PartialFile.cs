using System.Net.Http.Headers;

namespace Pastiche.Models;

/// <summary>
/// What has arrived of a download: the bytes in <c>X.part</c>, and in <c>X.part.etag</c> the server's mark of the version that
/// they belong to, so that a later run goes on only if the file is still the same.
/// </summary>
internal sealed class PartialFile(string path)
{
    /// <summary>The bytes' path.</summary>
    public string Path => path;

    /// <summary>How many bytes have arrived.</summary>
    public long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    private string MarkPath => path + ".etag";

    /// <summary>The condition under which a server may send the rest only; <c>null</c> when it gave no mark.</summary>
    public RangeConditionHeaderValue? Condition =>
        File.Exists(MarkPath) && RangeConditionHeaderValue.TryParse(File.ReadAllText(MarkPath), out RangeConditionHeaderValue? condition) ? condition : null;

    /// <summary>Opens the bytes for appending.</summary>
    public FileStream OpenForAppend() => new(path, FileMode.Append, FileAccess.Write, FileShare.None);

    /// <summary>Notes the version that a response belongs to. A weak tag does not promise the same bytes and is not kept.</summary>
    public void Remember(HttpResponseHeaders headers, DateTimeOffset? lastModified)
    {
        RangeConditionHeaderValue? condition = headers.ETag is { IsWeak: false } tag
            ? new RangeConditionHeaderValue(tag)
            : lastModified is { } date ? new RangeConditionHeaderValue(date) : null;
        if (condition is null)
            File.Delete(MarkPath);
        else
            File.WriteAllText(MarkPath, condition.ToString());
    }

    /// <summary>Forgets everything.</summary>
    public void Delete()
    {
        File.Delete(path);
        File.Delete(MarkPath);
    }
}
