namespace Pastiche.Compute;

/// <summary>How 2x2 neighbourhoods become one.</summary>
public enum PoolingKind
{
    /// <summary>Maximum, as the network was trained.</summary>
    Max,

    /// <summary>Average, which Gatys et al. found to give slightly smoother pictures.</summary>
    Average,
}
