using Pastiche.Studio.Store;

namespace Pastiche.Studio.Page;

/// <summary>A painting in a draft.</summary>
/// <param name="Id">Its name in the gallery, or its file's id.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Picture">Where it is kept.</param>
internal sealed record DraftStyle(string Id, string Title, StoredPicture Picture)
{
    /// <summary>Its share when several are mixed.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>A small copy of it.</summary>
    public string Url => $"/pictures/{Picture.Blob}/320";
}

/// <summary>A part of the photograph in a draft.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Colour">The colour in which it is drawn on the photograph.</param>
/// <param name="Style">Its painting.</param>
internal sealed record DraftRegion(int Id, string Colour, DraftStyle Style)
{
    /// <summary>Where it is; <c>null</c> before anything is drawn.</summary>
    public StoredPicture? Mask { get; init; }

    /// <summary>Its name for people.</summary>
    public string Name => $"Region {Id}";
}

/// <summary>What somebody is about to have painted: the state of one open page.</summary>
internal sealed class StudioDraft
{
    /// <summary>The most parts of a photograph.</summary>
    public const int MostRegions = 6;

    private static readonly string[] Colours = ["#e4572e", "#2e86ab", "#5fad56", "#f2c14e", "#9b5de5", "#00a6a6"];

    private int _numbers;

    /// <summary>Something changed.</summary>
    public event Action? Changed;

    /// <summary>The photograph.</summary>
    public StoredPicture? Photo { get; private set; }

    /// <summary>The paintings, mixed by weight.</summary>
    public IReadOnlyList<DraftStyle> Styles { get; private set; } = [];

    /// <summary>Paintings that were brought to this page.</summary>
    public IReadOnlyList<DraftStyle> Own { get; private set; } = [];

    /// <summary>Parts with paintings of their own.</summary>
    public IReadOnlyList<DraftRegion> Regions { get; private set; } = [];

    /// <summary>The settings that are given.</summary>
    public StyleSettings Settings { get; private set; } = Look.Standard;

    /// <summary>Whether a preview can be painted.</summary>
    public bool IsComplete => Photo is not null && (Styles.Count > 0 || Regions.Any(region => region.Mask is not null));

    /// <summary>Counts the changes.</summary>
    public int Version { get; private set; }

    /// <summary>Takes another photograph; parts of the old one mean nothing on it.</summary>
    public void SetPhoto(StoredPicture photo) => Change(() => (Photo, Regions) = (photo, []));

    /// <summary>Takes one painting alone, or adds it to the mixture, or takes it out again.</summary>
    public void Toggle(DraftStyle style, bool isMixing) => Change(() => Styles =
        Styles.Any(other => other.Id == style.Id) && (isMixing || Styles.Count == 1) ? [.. Styles.Where(other => other.Id != style.Id)]
        : isMixing ? [.. Styles, style]
        : [style]);

    /// <summary>Brings a painting and takes it.</summary>
    public void Bring(DraftStyle style, bool isMixing)
    {
        if (Own.All(other => other.Id != style.Id))
            Own = [.. Own, style];
        if (Styles.All(other => other.Id != style.Id))
            Toggle(style, isMixing);
    }

    /// <summary>Gives a painting another share.</summary>
    public void SetWeight(string id, double weight) =>
        Change(() => Styles = [.. Styles.Select(style => style.Id == id ? style with { Weight = weight } : style)]);

    /// <summary>Gives settings other values.</summary>
    public void SetSettings(StyleSettings settings) => Change(() => Settings = settings);

    /// <summary>Adds a part.</summary>
    /// <param name="style">Its painting.</param>
    /// <param name="mask">Where it is, if that is known.</param>
    public DraftRegion AddRegion(DraftStyle style, StoredPicture? mask = null)
    {
        string colour = Colours.First(free => Regions.All(region => region.Colour != free));
        var added = new DraftRegion(++_numbers, colour, style) { Mask = mask };
        Change(() => Regions = [.. Regions, added]);
        return added;
    }

    /// <summary>Changes a part.</summary>
    public void SetRegion(int id, Func<DraftRegion, DraftRegion> change) =>
        Change(() => Regions = [.. Regions.Select(region => region.Id == id ? change(region) : region)]);

    /// <summary>Removes parts.</summary>
    public void RemoveRegions(Func<DraftRegion, bool> which) => Change(() => Regions = [.. Regions.Where(region => !which(region))]);

    /// <summary>Takes over what a job was made of.</summary>
    public void Load(JobRequest job) => Change(() =>
    {
        Photo = job.Content;
        Styles = [.. job.Styles.Select(StyleOf)];
        Own = [.. Own, .. job.Paintings().Select(StyleOf).DistinctBy(style => style.Id).Where(style => Own.All(other => other.Id != style.Id))];
        _numbers = job.Regions.Count;
        Regions = [.. job.Regions.Take(MostRegions).Select((region, i) => new DraftRegion(i + 1, Colours[i], StyleOf(region.Styles[0])) { Mask = region.Mask })];
        Settings = job.Settings;
    });

    /// <summary>What a job would be asked for; parts in which nothing is drawn are left out.</summary>
    public JobRequest ToRequest() => new()
    {
        Id = "",
        Client = "",
        Created = default,
        Content = Photo ?? throw new InvalidOperationException("there is no photograph"),
        Styles = [.. Styles.Select(style => new JobStyle(style.Picture, style.Weight))],
        Regions = [.. from region in Regions where region.Mask is not null select new JobRegion(region.Mask!, [new JobStyle(region.Style.Picture)], region.Name)],
        Settings = Settings,
    };

    private static DraftStyle StyleOf(JobStyle style) =>
        new(style.Picture.Blob, Path.GetFileNameWithoutExtension(style.Picture.Name), style.Picture) { Weight = style.Weight };

    private void Change(Action change)
    {
        change();
        Version++;
        Changed?.Invoke();
    }
}
