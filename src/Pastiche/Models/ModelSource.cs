namespace Pastiche.Models;

/// <summary>A file from which a model can be made.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Sha256">Its SHA-256 in hex, or the beginning of it as far as its publisher tells it (at least 8 digits).</param>
/// <param name="Size">Its size in bytes, when it is known.</param>
public sealed record ModelDownload(Uri Url, string Sha256, long? Size = null);

/// <summary>A model that can be pulled.</summary>
/// <param name="Name">The name under which it is stored.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Input">Its input convention: <c>caffe</c> or <c>torchvision</c>.</param>
/// <param name="Licence">The licence of the weights.</param>
/// <param name="Attribution">Whom to name.</param>
/// <param name="Downloads">Where it can be had, to be tried in order.</param>
public sealed record ModelSource(
    string Name, string Description, string Input, string Licence, string Attribution, IReadOnlyList<ModelDownload> Downloads)
{
    /// <summary>The network of the papers, which a repainting uses where it is stored, unless told otherwise.</summary>
    public static ModelSource Vgg19 { get; } = new(
        "vgg19",
        "VGG-19 as trained by its authors, the network of the style transfer papers",
        "caffe",
        "CC BY 4.0",
        "Karen Simonyan and Andrew Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014",
        [
            new(new Uri("https://web.eecs.umich.edu/~justincj/models/vgg19-d01eb7cb.pth"), "d01eb7cb"),
            new(new Uri("https://download.pystiche.org/models/vgg19-74e45263.pth"), "74e45263"),
        ]);

    /// <summary>The same network as others trained it.</summary>
    public static ModelSource Vgg19Torchvision { get; } = new(
        "vgg19-torchvision",
        "VGG-19 as trained anew for torchvision",
        "torchvision",
        "BSD-3-Clause",
        "The PyTorch contributors (torchvision), after Karen Simonyan and Andrew Zisserman, 2014",
        [
            new(
                new Uri("https://download.pytorch.org/models/vgg19-dcbb9e9d.pth"),
                "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44",
                574_673_361),
        ]);

    /// <summary>The models that Pastiche knows where to get.</summary>
    public static IReadOnlyList<ModelSource> Known { get; } = [Vgg19, Vgg19Torchvision];
}
