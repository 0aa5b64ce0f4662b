using Microsoft.AspNetCore.Components;

namespace Pastiche.Studio.Page;

/// <summary>A part of the page that shows the draft and is drawn again whenever it changes.</summary>
public abstract class DraftComponent : ComponentBase, IDisposable
{
    /// <summary>The draft.</summary>
    [Inject] private protected StudioDraft Draft { get; set; } = null!;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        Draft.Changed -= OnDraftChanged;
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Draft.Changed += OnDraftChanged;

    /// <summary>Draws it again; who has more to do when the draft changes does it here.</summary>
    private protected virtual Task DraftChangedAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>Frees what the part itself has.</summary>
    /// <param name="isDisposing">Always true.</param>
    protected virtual void Dispose(bool isDisposing)
    {
    }

    private void OnDraftChanged() => InvokeAsync(DraftChangedAsync);
}
