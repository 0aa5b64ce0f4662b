using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

/// <summary>Whatever happens to a file on its way, the reader says so in one line: no other exception, no hang.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ["safetensors", "zip", "legacy"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_beginning_of_a_file_is_refused(string kind)
    {
        byte[] whole = Whole(kind);
        ModelFile.Read(_folder.Write("whole", whole), InputConvention.Caffe);

        for (int length = whole.Length - 1; length >= 0; length--)
        {
            using (FileStream stream = File.OpenWrite(_folder["whole"]))
                stream.SetLength(length);
            Exception? problem = Record.Exception(() => ModelFile.Read(_folder["whole"], InputConvention.Caffe));
            Assert.True(problem is InvalidInputException, $"{length} of {whole.Length} bytes: {problem?.ToString() ?? "accepted"}");
            Assert.DoesNotContain('\n', problem!.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_byte_gives_a_network_or_one_line(string kind)
    {
        byte[] whole = Whole(kind);
        var random = new Random(11);
        byte[] values = [0x00, 0x01, 0x7f, 0x80, 0xff];

        string path = _folder.Write("x", whole);
        for (int position = 0; position < whole.Length; position++)
        {
            byte value = position % 2 == 0 ? values[random.Next(values.Length)] : (byte)random.Next(256);
            Change(path, position, value);
            Exception? problem = Record.Exception(() => ModelFile.Read(path, InputConvention.Caffe));
            Assert.True(problem is null or InvalidInputException, $"byte {position} = {value}: {problem}");
            Assert.DoesNotContain('\n', problem?.Message ?? "");
            Change(path, position, whole[position]);
        }
    }

    private static void Change(string path, int position, byte value)
    {
        using FileStream stream = File.OpenWrite(path);
        stream.Position = position;
        stream.WriteByte(value);
    }

    private byte[] Whole(string kind)
    {
        NetworkWeights network = TinyNetwork.Create(channels: 1);
        switch (kind)
        {
            case "zip":
                return TorchWriter.Zip(TinyNetwork.ToTorch(network));
            case "legacy":
                return TorchWriter.Legacy(TinyNetwork.ToTorch(network));
            default:
                ModelFile.Write(network, _folder["source"]);
                return File.ReadAllBytes(_folder["source"]);
        }
    }
}
