using System.Buffers.Binary;
using System.Text;
using Pastiche.Imaging;
using Pastiche.Models;

namespace Pastiche.Tests.Models;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_and_metadata_survive_a_round_trip()
    {
        float[] wide = [1, -2.5f, float.Epsilon, 3e38f, 0, 7];
        float[] narrow = [0.5f, -1, 65504];
        SafetensorsWriter.Write(
            _folder["a.safetensors"],
            [new("b", [2, 3], wide, ElementType.Float32), new("a \"quoted\" é", [3], narrow, ElementType.Float16)],
            new Dictionary<string, string> { ["licence"] = "CC BY 4.0 <&> \"x\"\n" });

        using TensorFile file = TensorFile.Open(_folder["a.safetensors"]);

        Assert.Equal("CC BY 4.0 <&> \"x\"\n", file.Metadata["licence"]);
        Assert.Equal([2, 3], file.Tensors["b"].Shape);
        Assert.Equal(wide, file.Read("b"));
        Assert.Equal(narrow, file.Read("a \"quoted\" é"));
    }

    [Fact]
    public void The_order_of_tensors_and_metadata_does_not_change_the_bytes()
    {
        NamedTensor[] tensors = [new("b", [1], [1], ElementType.Float16), new("a", [1], [2], ElementType.Float16), new("c", [2], [3, 4], ElementType.Float32)];
        SafetensorsWriter.Write(_folder["1"], tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafetensorsWriter.Write(_folder["2"], tensors.Reverse(), new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });

        Assert.Equal(System.IO.File.ReadAllBytes(_folder["1"]), System.IO.File.ReadAllBytes(_folder["2"]));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(System.IO.File.ReadAllBytes(_folder["1"])) % 8);
    }

    [Fact]
    public void Bytes_that_are_no_file_are_read_and_called_by_their_name()
    {
        SafetensorsWriter.Write(_folder["a"], [new("x", [2], [1, 2], ElementType.Float32)]);
        byte[] bytes = System.IO.File.ReadAllBytes(_folder["a"]);
        var stream = new MemoryStream(bytes) { Position = 5 };

        using (TensorFile file = TensorFile.Open(stream, "some bytes"))
            Assert.Equal(("some bytes", 2f), (file.Path, file.Read("x")[1]));
        Assert.False(stream.CanRead);

        stream = new MemoryStream(bytes[..^1]);
        Assert.StartsWith("some bytes: damaged", Assert.Throws<InvalidInputException>(() => TensorFile.Open(stream, "some bytes")).Message);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void BFloat16_is_the_upper_half_of_a_float()
    {
        byte[] data = [0x80, 0x3f, 0x20, 0xc0]; // 1 and -2.5
        string path = File("""{"x":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", data);

        using TensorFile file = TensorFile.Open(path);

        Assert.Equal([1f, -2.5f], file.Read("x"));
    }

    [Fact]
    public void An_integer_tensor_is_listed_but_not_read()
    {
        using TensorFile file = TensorFile.Open(File("""{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}""", new byte[8]));

        var problem = Assert.Throws<InvalidInputException>(() => file.Read("n"));
        Assert.Contains("I64", problem.Message);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "cannot fill 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at byte 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "begins at byte 2")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "need 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "need 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "negative number in shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "negative number in data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "[begin, end] are needed")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "not valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1e300],"data_offsets":[0,4]}}""", 4, "not valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "not valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "not valid")]
    [InlineData("""{"x":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8, "unknown dtype C64")]
    [InlineData("""{"x":{"shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "has no shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", 4, "has no data_offsets")]
    [InlineData("""{"x":5}""", 4, "not valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not valid")]
    [InlineData("""{"__metadata__":{"a":null}}""", 0, "is null")]
    [InlineData("""{"__metadata__":"\ud800"}""", 0, "not valid")]
    [InlineData("""{{{{{{{{{{""", 0, "not valid")]
    [InlineData("""{"a\u001b[31m":{"dtype":"?\u0007"}}""", 0, "tensor a?[31m has the unknown dtype ??")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string expected)
    {
        string path = File(header, new byte[dataBytes]);

        var problem = Assert.Throws<InvalidInputException>(() => TensorFile.Open(path));

        Assert.Contains(expected, problem.Message);
        Assert.Contains(path, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(1UL << 40)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void A_header_length_that_lies_is_refused(ulong length)
    {
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        bytes[8] = (byte)'{';

        var problem = Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("x.safetensors", bytes)));
        Assert.Contains($"claims {length} bytes", problem.Message);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        _folder.Write("model.safetensors", [1, 2, 3]);

        Assert.Throws<IOException>(() => AtomicFile.Write(_folder["model.safetensors"], stream =>
        {
            stream.Write("half of it"u8);
            throw new IOException("the disk is full");
        }));

        Assert.Equal([1, 2, 3], System.IO.File.ReadAllBytes(_folder["model.safetensors"]));
        Assert.Equal(["model.safetensors"], _folder.Files());
    }

    private string File(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = [.. BitConverter.GetBytes((long)text.Length), .. text, .. data];
        return _folder.Write("x.safetensors", bytes);
    }
}
