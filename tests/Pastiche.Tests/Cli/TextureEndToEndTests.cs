using Pastiche.Imaging;

namespace Pastiche.Tests.Cli;

/// <summary>The real program makes textures.</summary>
public sealed class TextureEndToEndTests : IDisposable
{
    private readonly ProgramStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("--engine universal --passes 2")]
    [InlineData("--engine gatys --iterations 4 --model @net.safetensors")]
    public void Texture_has_the_size_that_was_asked_for(string words)
    {
        Assert.Equal(0, Run(["texture", "@wave.png", "@night.png:2", "-o", "@out.webp", "--size", "80x48", "--seamless", "--threads", "2", .. words.Split(' ')]));

        Assert.Equal(["out.webp"], _stage.Written);
        Assert.Equal(_stage.InFolder("out.webp"), _stage.Output.ToString().Trim());
        Picture texture = _stage.Picture("out.webp");
        Assert.Equal((80, 48), (texture.Width, texture.Height));
        Assert.True(texture.Planes.Max() - texture.Planes.Min() > 0.2f, "the texture is one colour");
    }

    [Fact]
    public void What_the_library_refuses_is_told_with_exit_2()
    {
        Assert.Equal(2, Run(["texture", "@wave.png", "-o", "@out.png", "--size", "80x50", "--seamless"]));
        Assert.Equal(2, Run(["texture", "@wave.png", "-o", "@out.png", "--engine", "gatys", "--style-layers", "relu3_1,relu3_1"]));
        Assert.Equal(2, Run(["texture", "@wave.png", "-o", "@out.png", "--model", "@net.safetensors"]));
        Assert.Equal(2, Run(["texture", "@wave.png", "-o", "@out.png", "--engine", "gatys", "--style-layer-weights", "1,2"]));

        Assert.Equal(4, _stage.ErrorLines.Length);
        Assert.Equal("pastiche: height is 50; a seamless texture with level 5 needs a multiple of 16: 48 or 64", _stage.ErrorLines[0]);
        Assert.StartsWith("pastiche: style layer 'relu3_1' is named more than once", _stage.ErrorLines[1]);
        Assert.StartsWith("pastiche: the model has no decoders", _stage.ErrorLines[2]);
        Assert.StartsWith("pastiche: style layer weights are 1,2; allowed: none, or a number from 0 to 1000000000000 for each of the 5 style layers", _stage.ErrorLines[3]);
        Assert.Empty(_stage.Written);
        Assert.Empty(_stage.Output.ToString());
    }

    private int Run(string[] words) => _stage.Run(words, TestContext.Current.CancellationToken);
}
