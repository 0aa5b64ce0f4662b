namespace Pastiche.Grids;

/// <summary>
/// Letters as strokes, so that a sheet looks the same on every machine, with fonts or without. A letter is a list of polylines on a
/// grid: two digits a point, x to the right and y downwards from the top of capitals (0) over that of small letters (2) and the
/// base line (6) to the lowest descender (8).
/// </summary>
internal static class StrokeFont
{
    /// <summary>Height of capitals in grid units.</summary>
    public const int CapHeight = 6;

    /// <summary>From the top of capitals to the lowest descender.</summary>
    public const int FullHeight = 8;

    private const int LetterGap = 2, SpaceWidth = 2;

    // A letter and its polylines on each line.
    private const string Table = """
        A 0602204246 0444
        B 06003041423303 3344453606
        C 4130100105163645
        D 00062644422000
        E 40000646 0333
        F 400006 0333
        G 41301001051636454323
        H 0006 4046 0343
        I 0020 1016 0626
        J 3035261605
        K 0006 4004 1346
        L 000646
        M 0600234046
        N 06004640
        O 103041453616050110
        P 06003041423303
        Q 103041453616050110 2446
        R 06003041423303 2346
        S 413010010213334445361605
        T 0040 2026
        U 000516364540
        V 002640
        W 0016233640
        X 0046 4006
        Y 002340 2326
        Z 00400646
        a 3236 3322120305162635
        b 0006 0312223335261605
        c 3322120305162635
        d 3036 3322120305162635
        e 043433221203051636
        f 30201116 0232
        g 3237281807 3322120305162635
        h 0006 0312223336
        i 0206 0000
        j 121708 1010
        k 0006 3205 1436
        l 000516
        m 0206 03122326 23324346
        n 0206 0312223336
        o 122233352616050312
        p 0208 0312223335261605
        q 3238 3322120305162635
        r 0206 031222
        s 3212031424352606
        t 10152636 0232
        u 0205162635 3236
        v 022642
        w 0216233642
        x 0236 3206
        y 0226 4218
        z 02320636
        0 102031352616050110
        1 011016 0626
        2 0110203132050636
        3 01102031322313 233435261605
        4 36300444
        5 300003233435261605
        6 3120100105162635342303
        7 003016
        8 132332312010010213 1304051626353423
        9 0516263531201001021333
        ! 0004 0606
        " 0002 2022
        # 1016 3036 0242 0444
        $ 413010010213334445361605 2027
        % 4006 0010110100 3545463635
        & 4602011020310405162644
        ' 0002
        ( 10010516
        ) 00111506
        * 2125 0244 0442
        + 2125 0343
        , 1607
        - 0434
        . 0606
        / 0630
        : 0303 0606
        ; 1313 1607
        < 310335
        = 0333 0535
        > 013305
        ? 01102031322324 2626
        @ 343212144441301001051646
        [ 10000616
        \ 0036
        ] 00101606
        ^ 021022
        _ 0747
        ` 0011
        { 20111203141526
        | 0007
        } 00111223141506
        ~ 04132433
        × 0236 3206
        – 0444
        … 0606 2626 4646
        · 0404
        ° 0010110100
        """;

    // Letters with marks are written without them: the first of a word stands for the others.
    private static readonly Dictionary<char, char> Bases = new[]
    {
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "IÌÍÎÏĨĪĬĮİ", "LĹĻĽŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ", "SŚŜŞŠ", "TŢŤ",
        "UÙÚÛÜŨŪŬŮŰŲ", "YÝŸ", "ZŹŻŽ", "aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "iìíîïĩīĭįı", "lĺļľł", "nñńņň",
        "oòóôõöøōŏő", "rŕŗř", "sśŝşšß", "tţť", "uùúûüũūŭůűų", "yýÿ", "zźżž",
    }.SelectMany(letters => letters[1..].Select(letter => (letter, letters[0]))).ToDictionary();

    private static readonly Glyph Unknown = Parse("0030360600");

    private static readonly Dictionary<char, Glyph> Glyphs = Table.Split('\n', StringSplitOptions.TrimEntries).ToDictionary(line => line[0], line => Parse(line[2..]));

    /// <summary>A letter; a frame when it cannot be written.</summary>
    public static Glyph Of(char letter) =>
        letter is ' ' or '\t' or '\u00a0' ? new Glyph(SpaceWidth, [])
        : Glyphs.TryGetValue(Bases.GetValueOrDefault(letter, letter), out Glyph? glyph) ? glyph : Unknown;

    /// <summary>A text's width in grid units, from the first stroke to the last.</summary>
    public static int WidthOf(string text) => text.Length == 0 ? 0 : text.Sum(letter => Of(letter).Width + LetterGap) - LetterGap;

    /// <summary>A text's letters and where each begins.</summary>
    public static IEnumerable<(Glyph Glyph, int X)> Lay(string text)
    {
        int x = 0;
        foreach (char letter in text)
        {
            Glyph glyph = Of(letter);
            yield return (glyph, x);
            x += glyph.Width + LetterGap;
        }
    }

    private static Glyph Parse(string strokes)
    {
        List<Stroke> lines = [];
        foreach (string polyline in strokes.Split(' '))
        {
            for (int i = 0; i == 0 || i + 3 < polyline.Length; i += 2)
                lines.Add(new Stroke(At(polyline, i), At(polyline, i + 1), At(polyline, i + 2), At(polyline, i + 3)));
        }
        return new Glyph((int)lines.Max(line => Math.Max(line.X0, line.X1)), lines);
    }

    private static float At(string polyline, int index) => polyline[index] - '0';

    /// <summary>A stroke from one point to another; a dot when both are one.</summary>
    internal sealed record Stroke(float X0, float Y0, float X1, float Y1);

    /// <summary>A letter: its width in grid units, and its strokes.</summary>
    internal sealed record Glyph(int Width, IReadOnlyList<Stroke> Strokes);
}
