using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly ModelSource Source = new(
        "vgg19", "a test", "caffe", "CC0", "nobody", [new ModelDownload(new Uri("http://127.0.0.1:9/vgg19.pth"), new string('0', 64), 1000)]);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;
    private readonly string _first;
    private readonly string _home;

    public ModelStoreTests()
    {
        (_first, _home) = (_folder["first"], _folder["home"]);
        Directory.CreateDirectory(_first);
        _store = new ModelStore([_first, _home], [Source]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_searched_in_order_and_a_path_comes_before_them()
    {
        NetworkWeights network = TinyNetwork.Create();
        Directory.CreateDirectory(_home);
        ModelFile.Write(network, Path.Combine(_home, "net.safetensors"));
        Assert.Equal(("net", Path.Combine(_home, "net.safetensors")), _store.Resolve("net"));

        File.WriteAllBytes(Path.Combine(_first, "net.pth"), TorchWriter.Zip(TinyNetwork.ToTorch(network)));
        Assert.Equal(("net", Path.Combine(_first, "net.pth")), _store.Resolve("net"));

        string path = Path.Combine(_home, "net.safetensors");
        Assert.Equal(("net", path), _store.Resolve(path));
    }

    [Theory]
    [InlineData("vgg19", "pastiche models pull vgg19")]
    [InlineData("my-net_2.0", "pastiche models import FILE --name my-net_2.0")]
    public void A_missing_model_tells_where_it_was_looked_for_and_what_brings_it(string name, string command)
    {
        var problem = Assert.Throws<InvalidInputException>(() => _store.Resolve(name));

        Assert.Contains($"model {name} was not found", problem.Message);
        Assert.Contains(_first, problem.Message);
        Assert.Contains(_home, problem.Message);
        Assert.Contains(command, problem.Message);
    }

    [Theory]
    [InlineData("gone.safetensors")]
    [InlineData("gone.pth")]
    [InlineData("gone.PT")]
    [InlineData("some/where")]
    [InlineData("../vgg19")]
    public void A_missing_file_is_named(string path) =>
        Assert.Equal($"model file {path} does not exist", Assert.Throws<InvalidInputException>(() => _store.Resolve(path)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\u001b[1m")]
    [InlineData("é")]
    [InlineData("-option")]
    public void What_is_neither_a_name_nor_a_path_is_refused(string name) =>
        Assert.Contains("is not allowed", Assert.Throws<InvalidInputException>(() => _store.Resolve(name)).Message);

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/etc/passwd")]
    [InlineData("net.pth")]
    [InlineData("")]
    public void An_import_cannot_be_named_out_of_the_folder(string name)
    {
        string file = _folder.Write("net.pth", TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create())));

        Assert.Contains("is not allowed", Assert.Throws<InvalidInputException>(() => Import(file, name, "caffe")).Message);
        Assert.Equal(["net.pth"], _folder.Files());
    }

    [Fact]
    public void Import_makes_a_lean_file_with_a_record()
    {
        NetworkWeights network = TinyNetwork.Create(InputConvention.Torchvision);
        List<TorchTensor> tensors = TinyNetwork.ToTorch(network);
        tensors.Add(TorchTensor.Contiguous("classifier.0.weight", "FloatStorage", new float[100_000], 100_000));
        string file = _folder.Write("My-Net.pth", TorchWriter.Zip(tensors));

        ModelListing model = Import(file, input: "torchvision");

        Assert.Equal("my-net", model.Name);
        Assert.Equal(Path.Combine(_home, "my-net.safetensors"), model.Path);
        Assert.True(model.Size < 10_000);
        Assert.True(File.Exists(file));
        TinyNetwork.AssertSame(network, _store.Load("my-net").Weights);
        Assert.Equal(model.Sha256, _store.Load("my-net").Sha256);
        Assert.Equal(["My-Net.pth", "home/my-net.json", "home/my-net.safetensors"], _folder.Files().Select(name => name.Replace('\\', '/')));
    }

    [Fact]
    public void Import_replaces_a_model_of_the_same_name()
    {
        string file = _folder.Write("net.pth", TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create())));
        Import(file, input: "caffe");
        Import(file, input: "torchvision");

        Assert.Equal("torchvision", _store.Load("net").Weights.Input.Name);
        Assert.All(_store.Verify(), check => Assert.Equal(ModelHealth.Intact, check.Health));
    }

    [Fact]
    public void Import_refuses_a_name_that_an_earlier_folder_would_hide()
    {
        ModelFile.Write(TinyNetwork.Create(), Path.Combine(_first, "net.safetensors"));
        string file = _folder.Write("net.pth", TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create())));

        Assert.Contains("would be hidden by", Assert.Throws<InvalidInputException>(() => Import(file, input: "caffe")).Message);
    }

    [Fact]
    public void Import_knows_a_published_file_by_its_hash()
    {
        // Under torchvision's names and with unknown weights, nothing but the hash tells the input.
        byte[] bytes = TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create()));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        var known = new ModelStore([_home], [Source with { Downloads = [new ModelDownload(new Uri("http://127.0.0.1:9/"), hash[..8])] }]);

        ModelListing model = known.Import(_folder.Write("net.pth", bytes), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(("caffe", "CC0"), (model.Input, model.Licence));
    }

    [Fact]
    public void A_bad_import_leaves_nothing()
    {
        string evil = _folder.Write("evil.pth", TorchWriter.Zip(new PickleWriter().Protocol().Global("os", "system").Stop().ToArray()));

        Assert.Contains("os.system", Assert.Throws<InvalidInputException>(() => Import(evil)).Message);
        Assert.Contains("does not exist", Assert.Throws<InvalidInputException>(() => Import(_folder["gone.pth"])).Message);
        Assert.Contains("hsv", Assert.Throws<InvalidInputException>(() => Import(evil, input: "hsv")).Message);
        Assert.Equal(["evil.pth"], _folder.Files());
    }

    [Fact]
    public void List_gives_what_is_built_in_then_what_is_stored_then_what_can_be_pulled()
    {
        ModelFile.Write(TinyNetwork.Create(), Path.Combine(_first, "bare.safetensors"));
        string file = _folder.Write("net.pth", TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create())));
        Import(file, "a", "torchvision");
        File.WriteAllText(Path.Combine(_first, "a.txt"), "no model");
        File.WriteAllText(Path.Combine(_first, "Other Name.pth"), "no name");

        IReadOnlyList<ModelListing> models = _store.List();

        Assert.Equal(["compact", "a", "bare", "vgg19"], models.Select(model => model.Name));
        Assert.Equal([true, true, true, false], models.Select(model => model.IsInstalled));
        Assert.Equal(["torchvision", "caffe", "caffe"], models.Skip(1).Select(model => model.Input));
        Assert.Equal(("CC0", 1000L), (models[3].Licence, models[3].Size!.Value));
        Assert.Equal("nobody", models[3].Attribution);
    }

    [Fact]
    public void Verify_tells_intact_damaged_missing_and_unrecorded()
    {
        string file = _folder.Write("net.pth", TorchWriter.Zip(TinyNetwork.ToTorch(TinyNetwork.Create())));
        foreach (string name in new[] { "changed", "gone", "intact" })
            Import(file, name, "caffe");
        ModelFile.Write(TinyNetwork.Create(), Path.Combine(_first, "bare.safetensors"));
        File.WriteAllText(Path.Combine(_first, "broken.safetensors"), "nothing");
        File.WriteAllText(Path.Combine(_first, "package.json"), "{}");
        File.Delete(Path.Combine(_home, "gone.safetensors"));
        using (FileStream changed = File.OpenWrite(Path.Combine(_home, "changed.safetensors")))
        {
            changed.Position = changed.Length - 1;
            changed.WriteByte(99);
        }

        Dictionary<string, ModelHealth> health = _store.Verify().Skip(1).ToDictionary(check => check.Name, check => check.Health);

        Assert.Equal(
            [("bare", ModelHealth.Unrecorded), ("broken", ModelHealth.Damaged), ("changed", ModelHealth.Damaged), ("gone", ModelHealth.Damaged), ("intact", ModelHealth.Intact)],
            health.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void The_known_sources_have_names_hashes_and_secure_addresses()
    {
        Assert.Equal("vgg19", ModelSource.Known[0].Name);
        foreach (ModelSource source in ModelSource.Known)
        {
            Assert.True(ModelName.IsValid(source.Name));
            Assert.NotNull(InputDetection.Parse(source.Input));
            Assert.All(source.Downloads, download => Assert.Matches("^[0-9a-f]{8}([0-9a-f]{56})?$", download.Sha256));
            Assert.All(source.Downloads, download => Assert.Equal("https", download.Url.Scheme));
            // The publishers put the hash's beginning into the file's name.
            Assert.All(source.Downloads, download => Assert.Contains(download.Sha256[..8], download.Url.AbsolutePath));
        }
    }

    [Fact]
    public void The_real_network_is_loaded_by_path_and_imported_bit_for_bit()
    {
        string path = SharedData.Path("models/interop/vgg19_first5.legacy.pth");

        LoadedModel loaded = _store.Load(path);
        Import(path, "first5");

        Assert.Equal("adeb409d99105cce610e7a419464d9bbab0edf5f98bfcd1c4c8984b7ce46a347", loaded.Sha256);
        TinyNetwork.AssertSame(loaded.Weights, _store.Load("first5").Weights);
    }

    private ModelListing Import(string file, string? name = null, string? input = null) =>
        _store.Import(file, name, input, progress: null, TestContext.Current.CancellationToken);
}
