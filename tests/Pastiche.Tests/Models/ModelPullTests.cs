using Pastiche.Models;
using Pastiche.Networks;

namespace Pastiche.Tests.Models;

/// <summary>Pulling from servers on this machine that do what servers do.</summary>
public sealed class ModelPullTests : IDisposable
{
    private static readonly string[] Stored = ["tiny.json", "tiny.safetensors"];

    private readonly NetworkWeights _network = TinyNetwork.Create(InputConvention.Torchvision, channels: 8);
    private readonly TemporaryFolder _folder = new();
    private readonly TestFileServer _server;

    public ModelPullTests() => _server = new TestFileServer(TorchWriter.Legacy(TinyNetwork.ToTorch(_network)));

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Part => $"tiny-{_server.Sha256[..8]}.part";

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_model_is_fetched_checked_and_converted()
    {
        var progress = new ProgressLog();
        ModelListing model = await Store(Download()).PullAsync("tiny", progress, Cancellation);

        Assert.Equal(Stored, _folder.Files());
        TinyNetwork.AssertSame(_network, ModelFile.Read(model.Path!));
        Assert.Equal(("tiny", "torchvision", "CC0", _server.Url.ToString()), (model.Name, model.Input, model.Licence, model.Description));
        Assert.Equal(FileHash.Sha256(model.Path!, null, Cancellation), model.Sha256);
        Assert.Equal([ModelStep.Downloading, ModelStep.Verifying, ModelStep.Converting], progress.Reports.Select(report => report.Step).Distinct());
        Assert.Contains(progress.Reports, report => report.Bytes == _server.Body.Length && report.Total == _server.Body.Length);
        using TensorFile file = TensorFile.Open(model.Path!);
        Assert.Equal(
            (_server.Url.ToString(), _server.Sha256, "CC0", "nobody", "torchvision"),
            (file.Metadata["pastiche.origin"], file.Metadata["pastiche.origin_sha256"], file.Metadata["pastiche.licence"], file.Metadata["pastiche.attribution"], file.Metadata["pastiche.input"]));
    }

    [Fact]
    public async Task The_beginning_of_a_hash_suffices_where_no_more_is_published()
    {
        await Store(Download() with { Sha256 = _server.Sha256[..8], Size = null }).PullAsync("tiny", null, Cancellation);

        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_truncated_body_is_resumed_within_the_same_run()
    {
        _server.Truncations = 2;
        await Store(Download()).PullAsync("tiny", null, Cancellation);

        int half = _server.Body.Length / 2;
        Assert.Equal([null, $"bytes={half}-", $"bytes={half + ((_server.Body.Length - half) / 2)}-"], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_broken_download_is_resumed_by_a_later_run()
    {
        _server.Truncations = 1;
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(() => Store(1, Download()).PullAsync("tiny", null, Cancellation));
        Assert.Contains(_server.Url.ToString(), problem.Message);
        Assert.Equal([Part, Part + ".etag"], _folder.Files());

        await Store(Download()).PullAsync("tiny", null, Cancellation);

        Assert.Equal([null, $"bytes={_server.Body.Length / 2}-"], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_download_that_was_complete_but_not_checked_is_not_fetched_again()
    {
        _folder.Write(Part, _server.Body);
        await Store(Download() with { Size = null }).PullAsync("tiny", null, Cancellation);

        Assert.Equal([$"bytes={_server.Body.Length}-"], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_ignores_Range_restarts_the_download(bool sendsLength)
    {
        (_server.IgnoresRange, _server.SendsLength) = (true, sendsLength);
        _folder.Write(Part, _server.Body[..100]);
        await Store(Download()).PullAsync("tiny", null, Cancellation);

        Assert.Equal(["bytes=100-"], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_file_that_changed_on_the_server_restarts_the_download()
    {
        byte[] published = _server.Body;
        _server.Body = [.. published.Select(value => (byte)(value ^ 1))];
        _server.Truncations = 1;
        ModelDownload download = Download() with { Sha256 = Hash(published) };
        await Assert.ThrowsAsync<ModelDownloadException>(() => Store(1, download).PullAsync("tiny", null, Cancellation));

        _server.Body = published;
        await Store(download).PullAsync("tiny", null, Cancellation);

        // One request sufficed: its If-Range did not match, so the server sent the whole file.
        Assert.Equal([null, $"bytes={published.Length / 2}-"], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_stale_beginning_is_discarded_even_when_the_server_gives_no_marks()
    {
        _server.SendsMark = false;
        _folder.Write(Part, new byte[100]);
        await Store(Download()).PullAsync("tiny", null, Cancellation);

        Assert.Equal(["bytes=100-", null], _server.Ranges);
        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_weak_mark_is_not_relied_upon()
    {
        (_server.MarkIsWeak, _server.Truncations) = (true, 1);
        await Assert.ThrowsAsync<ModelDownloadException>(() => Store(1, Download()).PullAsync("tiny", null, Cancellation));

        Assert.Equal([Part], _folder.Files());
    }

    [Fact]
    public async Task A_wrong_hash_names_both_and_leaves_nothing()
    {
        string wrong = new('a', 64);
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(
            () => Store(Download() with { Sha256 = wrong }).PullAsync("tiny", null, Cancellation));

        Assert.Contains(wrong, problem.Message);
        Assert.Contains(_server.Sha256, problem.Message);
        Assert.Single(_server.Ranges);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task A_wrong_size_is_told_before_the_body_is_fetched()
    {
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(
            () => Store(Download() with { Size = 5 }).PullAsync("tiny", null, Cancellation));

        Assert.Contains($"has {_server.Body.Length} bytes, expected were 5", problem.Message);
    }

    [Fact]
    public async Task A_body_longer_than_the_known_size_is_cut_off()
    {
        _server.SendsLength = false;
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(
            () => Store(Download() with { Size = 5 }).PullAsync("tiny", null, Cancellation));

        Assert.Contains("sends more than 5 bytes", problem.Message);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    [InlineData(503, 3)]
    public async Task An_error_status_is_named_and_only_passing_ones_are_tried_again(int status, int requests)
    {
        _server.Status = status;
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(() => Store(Download()).PullAsync("tiny", null, Cancellation));

        Assert.Contains($"{_server.Url}: the server answers {status}", problem.Message);
        Assert.Equal(requests, _server.Ranges.Count);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task The_second_source_is_used_when_the_first_has_nothing()
    {
        using var first = new TestFileServer([1, 2, 3]) { Status = 404 };
        ModelListing model = await Store(new ModelDownload(first.Url, first.Sha256), Download()).PullAsync("tiny", null, Cancellation);

        Assert.Single(first.Ranges);
        Assert.Equal(_server.Url.ToString(), model.Description);
    }

    [Fact]
    public async Task The_second_source_is_used_when_the_first_has_something_else()
    {
        using var first = new TestFileServer([1, 2, 3]);
        await Store(new ModelDownload(first.Url, new string('b', 64)), Download()).PullAsync("tiny", null, Cancellation);

        Assert.Equal(Stored, _folder.Files());
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        _server.Stalls = true;
        var problem = await Assert.ThrowsAsync<ModelDownloadException>(() => Store(1, Download()).PullAsync("tiny", null, Cancellation));

        Assert.Contains("silent for", problem.Message);
    }

    [Fact]
    public async Task Cancellation_keeps_what_has_arrived()
    {
        _server.Stalls = true;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var store = new ModelStore([_folder.Root], [Source(Download())]);
        var progress = new ProgressLog { OnReport = report => { if (report.Bytes == _server.Body.Length / 2) cancel.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PullAsync("tiny", progress, cancel.Token));

        Assert.Equal([Part, Part + ".etag"], _folder.Files());
        Assert.Equal(_server.Body[..(_server.Body.Length / 2)], File.ReadAllBytes(_folder[Part]));
    }

    [Fact]
    public async Task A_model_that_is_there_is_left_as_it_is()
    {
        ModelFile.Write(_network, _folder["tiny.safetensors"]);
        ModelListing model = await Store(Download()).PullAsync("tiny", null, Cancellation);

        Assert.Equal(_folder["tiny.safetensors"], model.Path);
        Assert.Empty(_server.Ranges);
    }

    [Fact]
    public async Task An_unknown_name_is_bad_input()
    {
        var problem = await Assert.ThrowsAsync<InvalidInputException>(() => Store(Download()).PullAsync("vgg16", null, Cancellation));

        Assert.Contains("known are tiny", problem.Message);
    }

    [Fact]
    public async Task Nobody_else_may_store_the_same_model_meanwhile()
    {
        using var other = new FileStream(_folder["tiny.lock"], FileMode.Create, FileAccess.Write, FileShare.None);

        var problem = await Assert.ThrowsAsync<IOException>(() => Store(Download()).PullAsync("tiny", null, Cancellation));
        Assert.Contains("another process", problem.Message);
    }

    [Fact]
    public async Task Mean_activations_are_measured_and_stored()
    {
        ModelStore store = new([_folder.Root], [Source(Download())])
        {
            MeasureActivations = weights => weights.Convolutions.ToDictionary(layer => layer.Name, layer => Enumerable.Repeat(0.5f, layer.Outputs).ToArray()),
        };
        ModelListing model = await store.PullAsync("tiny", null, Cancellation);

        Assert.Equal(Enumerable.Repeat(0.5f, 8), ModelFile.Read(model.Path!).MeanActivations!["conv1_2"]);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static ModelSource Source(params ModelDownload[] downloads) => new("tiny", "a test", "torchvision", "CC0", "nobody", downloads);

    private ModelDownload Download() => new(_server.Url, _server.Sha256, _server.Body.Length);

    private ModelStore Store(params ModelDownload[] downloads) => Store(3, downloads);

    private ModelStore Store(int attempts, params ModelDownload[] downloads) => new([_folder.Root], [Source(downloads)])
    {
        Downloader = new ModelDownloader { Attempts = attempts, Pause = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromMilliseconds(1000) },
    };
}
