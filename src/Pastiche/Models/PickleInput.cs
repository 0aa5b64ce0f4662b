using System.Buffers.Binary;
using System.Text;

namespace Pastiche.Models;

/// <summary>The bytes of a pickle, with every length checked against what is left before anything is allocated.</summary>
internal sealed class PickleInput(Stream stream, string file)
{
    private const int MaximumText = 1 << 20;
    private const int MaximumTotal = 16 << 20;
    private const int MaximumLine = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private long _total;

    /// <summary>The file's path, for messages.</summary>
    public string File => file;

    /// <summary>The next byte.</summary>
    public byte Byte()
    {
        int value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw Failure("it ends early");
    }

    /// <summary>A little-endian 16-bit number.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));

    /// <summary>A little-endian 32-bit number.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    /// <summary>A big-endian double, as pickles have them.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(sizeof(double)));

    /// <summary>A length in four bytes.</summary>
    public long Length32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    /// <summary>A length in eight bytes.</summary>
    public long Length64()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));
        return length <= MaximumText ? (long)length : throw Failure($"it holds a text of {length} bytes; at most {MaximumText} are read");
    }

    /// <summary>So many bytes.</summary>
    public byte[] Bytes(long count)
    {
        if (count > MaximumText)
            throw Failure($"it holds a text of {count} bytes; at most {MaximumText} are read");
        if (count > stream.Length - stream.Position)
            throw Failure("it ends early");
        if ((_total += count) > MaximumTotal)
            throw Failure($"it holds more than {MaximumTotal} bytes of text");
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Text of so many bytes.</summary>
    public string Text(long count) => Decode(Bytes(count));

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        var line = new List<byte>();
        for (byte value = Byte(); value != '\n'; value = Byte())
        {
            if (line.Count == MaximumLine)
                throw Failure($"it holds a name of more than {MaximumLine} bytes");
            line.Add(value);
        }
        return Decode([.. line]);
    }

    /// <summary>An exception that names the file.</summary>
    public InvalidInputException Failure(string problem) => new($"{file}: its pickle is refused: {problem}");

    private string Decode(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Failure("it holds text that is not UTF-8");
        }
    }
}
