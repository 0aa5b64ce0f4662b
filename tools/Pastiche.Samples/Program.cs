using Pastiche.Samples;
using Pastiche.Samples.Drawing;
using Pastiche.Samples.Paintings;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("usage: Pastiche.Samples FOLDER [swirls|woodcut|mosaic|watercolour]");
    return 2;
}

var paintings = new Dictionary<string, Func<Canvas>>
{
    ["swirls"] = Swirls.Paint,
    ["woodcut"] = Woodcut.Paint,
    ["mosaic"] = Mosaic.Paint,
    ["watercolour"] = Watercolour.Paint,
};
if (args.Length == 2 && !paintings.ContainsKey(args[1]))
{
    Console.Error.WriteLine($"there is no painting '{args[1]}'; there are {string.Join(", ", paintings.Keys)}");
    return 2;
}

Directory.CreateDirectory(args[0]);
foreach ((string name, Func<Canvas> paint) in paintings.Where(painting => args.Length == 1 || painting.Key == args[1]))
{
    string path = Path.Combine(args[0], name + ".jpg");
    SampleFile.Write(paint().ToPicture(), path);
    Console.WriteLine(path);
}
return 0;
