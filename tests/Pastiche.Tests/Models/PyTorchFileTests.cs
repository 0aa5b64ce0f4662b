using System.IO.Compression;
using Pastiche.Models;

namespace Pastiche.Tests.Models;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<bool, bool> Formats => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Tensors_of_every_kind_are_read(bool legacy, bool nested)
    {
        float[] numbers = [.. Enumerable.Range(0, 24).Select(i => i / 4f)];
        TorchTensor[] tensors =
        [
            TorchTensor.Contiguous("single", "FloatStorage", numbers, 2, 3, 4),
            TorchTensor.Contiguous("half", "HalfStorage", numbers, 24),
            TorchTensor.Contiguous("brain", "BFloat16Storage", numbers, 24),
            TorchTensor.Contiguous("num_batches_tracked", "LongStorage", [5]),
            TorchTensor.View("offset", "FloatStorage", numbers, 5, [2, 2], [2, 1]),
            TorchTensor.View("transposed", "HalfStorage", numbers, 1, [4, 3], [1, 5]),
            TorchTensor.Contiguous("empty", "FloatStorage", [], 0, 3),
        ];
        string path = _folder.Write("x.pth", legacy ? TorchWriter.Legacy(tensors, nested) : TorchWriter.Zip(tensors, nested));

        using TensorFile file = TensorFile.Open(path);

        Assert.Equal(tensors.Select(tensor => tensor.Name).Order(), file.Tensors.Keys.Order());
        Assert.Equal([2, 3, 4], file.Tensors["single"].Shape);
        Assert.Equal(numbers, file.Read("single"));
        Assert.Equal(numbers, file.Read("half"));
        Assert.Equal(numbers, file.Read("brain"));
        Assert.Equal(numbers[5..9], file.Read("offset"));
        Assert.Equal([.. new[] { 1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14 }.Select(i => numbers[i])], file.Read("transposed"));
        Assert.Empty(file.Read("empty"));
        Assert.Contains("I64", Assert.Throws<InvalidInputException>(() => file.Read("num_batches_tracked")).Message);
    }

    [Fact]
    public void Views_that_share_a_storage_are_read()
    {
        TorchTensor first = TorchTensor.View("first", "FloatStorage", [1, 2, 3, 4], 0, [2], [1]);
        TorchTensor second = first with { Name = "second", Offset = 2 };
        using TensorFile file = TensorFile.Open(_folder.Write("x.pth", TorchWriter.Legacy([first, second])));

        Assert.Equal([1f, 2f], file.Read("first"));
        Assert.Equal([3f, 4f], file.Read("second"));
    }

    [Theory]
    [InlineData(3, new long[] { 2 }, new long[] { 1 })] // beyond the end
    [InlineData(-1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(0, new long[] { -2 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { -1 })]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 })]
    [InlineData(0, new long[] { 1L << 40 }, new long[] { 0 })] // repeats one element a trillion times
    [InlineData(0, new long[] { 1L << 62, 1L << 62 }, new long[] { 0, 0 })]
    [InlineData(0, new long[] { 3 }, new[] { long.MaxValue })]
    public void A_view_outside_its_storage_is_refused(long offset, long[] shape, long[] strides)
    {
        var tensor = TorchTensor.View("x", "FloatStorage", [1, 2, 3, 4], offset, shape, strides);

        foreach (byte[] bytes in new[] { TorchWriter.Zip([tensor]), TorchWriter.Legacy([tensor]) })
        {
            var problem = Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("x.pth", bytes)));
            Assert.Contains("_rebuild_tensor_v2 with arguments that make no tensor", problem.Message);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1L << 60)]
    [InlineData(-1)]
    public void A_storage_of_another_size_than_announced_is_refused(long announced)
    {
        TorchTensor honest = TorchTensor.View("x", "FloatStorage", [1, 2, 3, 4], 0, [0], [1]);
        TorchTensor lie = honest with { StorageElements = announced };
        byte[] pickle = new PickleWriter().Protocol().EmptyDictionary().Mark().Text("x").Tensor(lie, legacy: true).SetItems().Stop().ToArray();

        Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("zip.pth", TorchWriter.Zip([lie]))));
        Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("legacy.pth", TorchWriter.Legacy(pickle, [honest]))));
    }

    [Fact]
    public void Parameters_old_tensors_and_dictionaries_of_pairs_are_read()
    {
        TorchTensor tensor = TorchTensor.Contiguous("x", "FloatStorage", [1, 2], 2);
        // OrderedDict([["parameter", _rebuild_parameter(tensor, True, OrderedDict())], ["old", _rebuild_tensor(storage, 0, (2,), (1,))]])
        PickleWriter writer = new PickleWriter().Protocol().Global("collections", "OrderedDict").Raw("](");
        writer.Raw("](").Text("parameter").Global("torch._utils", "_rebuild_parameter").Mark().Tensor(tensor, legacy: false).Raw(0x88)
            .Global("collections", "OrderedDict").EmptyTuple().Reduce().Tuple().Reduce().Raw("e");
        writer.Raw("](").Text("old").Global("torch._utils", "_rebuild_tensor").Mark()
            .Mark().Text("storage").Global("torch", "FloatStorage").Text("x").Text("cpu").Integer(2).Tuple().Raw("Q")
            .Integer(0).Integers([2]).Integers([1]).Tuple().Reduce().Raw("e");
        byte[] pickle = writer.Raw("e").Raw(0x85).Reduce().Stop().ToArray();

        using TensorFile file = TensorFile.Open(_folder.Write("x.pth", TorchWriter.Zip(pickle, [tensor])));

        Assert.Equal([1f, 2f], file.Read("parameter"));
        Assert.Equal([1f, 2f], file.Read("old"));
    }

    [Fact]
    public void A_file_of_a_big_endian_machine_is_refused()
    {
        byte[] pickle = new PickleWriter().Protocol().EmptyDictionary().Stop().ToArray();
        string path = _folder.Write("x.pth", TorchWriter.Zip(pickle, byteOrder: "big"));

        Assert.Contains("big-endian", Assert.Throws<InvalidInputException>(() => TensorFile.Open(path)).Message);
    }

    [Fact]
    public void A_legacy_file_that_ends_within_a_storage_is_refused_when_it_is_opened()
    {
        byte[] whole = TorchWriter.Legacy([TorchTensor.Contiguous("x", "FloatStorage", [1, 2], 2)]);

        Assert.Contains("ends within", Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("x.pth", whole[..^1]))).Message);
    }

    [Fact]
    public void A_missing_storage_is_refused()
    {
        TorchTensor tensor = TorchTensor.Contiguous("x", "FloatStorage", [1, 2], 2);
        byte[] pickle = new PickleWriter().Protocol().EmptyDictionary().Mark().Text("x").Tensor(tensor, legacy: false).SetItems().Stop().ToArray();

        Assert.Contains("missing", Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("x.pth", TorchWriter.Zip(pickle)))).Message);
        Assert.Contains("missing", Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("x.pth", TorchWriter.Legacy(pickle, [])))).Message);
    }

    [Fact]
    public void A_compressed_zip_is_refused_because_it_could_be_a_bomb()
    {
        TorchTensor tensor = TorchTensor.Contiguous("x", "FloatStorage", new float[1 << 16], 1 << 16);
        byte[] pickle = new PickleWriter().Protocol().EmptyDictionary().Mark().Text("x").Tensor(tensor, legacy: false).SetItems().Stop().ToArray();
        string storage = _folder.Write("storage.pth", TorchWriter.Zip(pickle, [tensor], level: CompressionLevel.SmallestSize));
        string program = _folder.Write("program.pth", TorchWriter.Zip(pickle, [tensor], pickleLevel: CompressionLevel.SmallestSize));

        Assert.Contains("x is compressed", Assert.Throws<InvalidInputException>(() => TensorFile.Open(storage)).Message);
        Assert.Contains("data.pkl has", Assert.Throws<InvalidInputException>(() => TensorFile.Open(program)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("this is a text that somebody named model.pth")]
    [InlineData("cos\nsystem\n(S'echo'\ntR.")] // a pickle of protocol 0, which torch never writes
    public void What_is_no_weights_file_is_refused(string text)
    {
        string path = _folder.Write("x.pth", System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Contains("is no weights file", Assert.Throws<InvalidInputException>(() => TensorFile.Open(path)).Message);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Assert.Contains("no such file", Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder["gone.pth"])).Message);
        Assert.Contains("is a folder", Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Root)).Message);
    }

    [Theory]
    [InlineData("1_1", 4)]
    [InlineData("2_1", 8)]
    [InlineData("3_1", 12)]
    public void The_published_files_of_universal_style_transfer_are_read(string level, int tensors)
    {
        using TensorFile file = TensorFile.Open(SharedData.Path($"models/ust/vgg_normalised_conv{level}.pth"));

        // A 1x1 layer that turns RGB into BGR comes first; weight and bias a convolution.
        Assert.Equal(tensors, file.Tensors.Count);
        Assert.Equal([3, 3, 1, 1], file.Tensors["0.weight"].Shape);
        Assert.Equal([64, 3, 3, 3], file.Tensors["2.weight"].Shape);
        Assert.Equal(64, file.Read("2.bias").Length);
        Assert.All(file.Tensors.Keys, name => Assert.All(file.Read(name), value => Assert.True(float.IsFinite(value))));
    }
}
