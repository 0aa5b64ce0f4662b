namespace Pastiche.Training;

/// <summary>What learns in a step of a training.</summary>
internal enum TrainingStage
{
    /// <summary>Everything at once.</summary>
    Joint,

    /// <summary>The decoders, behind an encoder that stays as it is.</summary>
    Decoders,

    /// <summary>
    /// What comes after the last but one tap that is decoded, and the deepest decoder. It is the hardest part, and in a step of its
    /// own it takes a fraction of the time; all other taps and levels stay as they are.
    /// </summary>
    Deep,
}
