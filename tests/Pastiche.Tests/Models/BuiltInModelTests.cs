using Pastiche.Compute;
using Pastiche.Models;
using Pastiche.Networks;
using Pastiche.Tests.Networks;

namespace Pastiche.Tests.Models;

public sealed class BuiltInModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public BuiltInModelTests() => _store = new ModelStore([_folder["home"]]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_loaded_without_a_file()
    {
        LoadedModel model = _store.Load("compact");

        Assert.Equal(("compact", null), _store.Resolve("compact"));
        Assert.Equal(("compact", null), (model.Name, model.Path));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Recorded_hash_is_that_of_its_bytes() => Assert.Equal(BuiltInModel.Compact.Sha256, _store.Load("compact").Sha256);

    [Fact]
    public void It_is_a_network_up_to_conv5_1_padded_by_reflection_with_five_decoders()
    {
        NetworkWeights weights = _store.Load("compact").Weights;

        Assert.Equal("conv5_1", weights.Convolutions[^1].Name);
        Assert.Equal(PaddingKind.Reflection, weights.Padding);
        Assert.Equal([1, 2, 3, 4, 5], weights.Decoders.Select(decoder => decoder.Level));
        Assert.NotNull(weights.MeanActivations);
        Assert.InRange(_store.List()[0].Size!.Value, 1, 6_000_000);
    }

    [Fact]
    public void It_survives_a_round_trip_through_a_file_and_stays_what_it_is()
    {
        NetworkWeights weights = _store.Load("compact").Weights;
        ModelFile.Write(weights, _folder["copy.safetensors"], type: ElementType.Float16);

        TinyNetwork.AssertSame(weights, _store.Load(_folder["copy.safetensors"]).Weights);
    }

    [Fact]
    public void List_and_verify_begin_with_it()
    {
        ModelListing listing = _store.List()[0];
        ModelCheck check = Assert.Single(_store.Verify());

        Assert.Equal(("compact", null, true, true), (listing.Name, listing.Path, listing.IsBuiltIn, listing.IsInstalled));
        Assert.Equal(("MIT", BuiltInModel.Compact.Sha256), (listing.Licence, listing.Sha256));
        Assert.Contains("VGG-19 by Karen Simonyan and Andrew Zisserman", listing.Attribution);
        Assert.Contains("CC BY 4.0", listing.Attribution);
        Assert.NotNull(listing.Input);
        Assert.Equal(("compact", null, ModelHealth.Intact), (check.Name, check.Path, check.Health));
    }

    [Fact]
    public void A_changed_one_is_damaged()
    {
        BuiltInModel changed = BuiltInModel.Compact with { Sha256 = new string('0', 64) };

        Assert.Equal(ModelHealth.Damaged, changed.Check().Health);
    }

    [Fact]
    public void Its_name_cannot_be_taken()
    {
        ModelFile.Write(TinyNetwork.Create(), _folder["compact.safetensors"]);

        string message = Assert.Throws<InvalidInputException>(() => Import(null)).Message;

        Assert.Equal("model name compact is taken by the model that is built in; choose another name", message);
        Assert.Equal("mine", Import("mine").Name);
    }

    [Fact]
    public void A_stored_file_of_its_name_is_not_used_but_a_path_is()
    {
        Directory.CreateDirectory(_folder["home"]);
        string file = Path.Combine(_folder["home"], "compact.safetensors");
        ModelFile.Write(TinyNetwork.Create(), file);

        Assert.Equal(BuiltInModel.Compact.Sha256, _store.Load("compact").Sha256);
        Assert.Single(_store.List(), model => model.Name == "compact");
        Assert.Equal(2, _store.Load(file).Weights.Convolutions.Count);
    }

    [Fact]
    public async Task Pulling_it_brings_nothing()
    {
        ModelListing model = await _store.PullAsync("compact", cancellation: TestContext.Current.CancellationToken);

        Assert.True(model.IsBuiltIn);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void It_is_the_default_until_vgg19_is_stored()
    {
        Assert.Equal("compact", _store.DefaultModel());

        ModelFile.Write(TinyNetwork.Create(), _folder["x.safetensors"]);
        _store.Import(_folder["x.safetensors"], "vgg19", cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("vgg19", _store.DefaultModel());
    }

    private ModelListing Import(string? name) =>
        _store.Import(_folder["compact.safetensors"], name, cancellation: TestContext.Current.CancellationToken);
}
