using Pastiche.Models;

namespace Pastiche.Tests.Models;

/// <summary>A pickle is a program. These are the ways in which one may ask for more than tensors.</summary>
public sealed class PickleMachineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Trap => _folder["pwned"];

    public static TheoryData<string, string> Attacks => new()
    {
        { "GLOBAL and REDUCE", "posix.system" },
        { "GLOBAL alone", "os.system" },
        { "builtins.eval", "builtins.eval" },
        { "builtins.getattr", "builtins.getattr" },
        { "STACK_GLOBAL", "posix.system" },
        { "STACK_GLOBAL by memo", "subprocess.Popen" },
        { "INST", "posix.system" },
        { "OBJ", "posix.system" },
        { "NEWOBJ", "posix.system" },
        { "NEWOBJ of an allowed name", "opcode 0x81" },
        { "NEWOBJ_EX", "opcode 0x92" },
        { "EXT1", "opcode 0x82" },
        { "BUILD with a state", "collections.UserDict" },
        { "REDUCE of text", "calls something that is no function" },
        { "REDUCE within an argument", "posix.system" },
        { "REDUCE within a persistent id", "posix.system" },
        { "dotted name of an allowed module", "torch._utils.sys.modules" },
        { "torch.load", "torch.load" },
        { "allowed name of another module", "os.OrderedDict" },
        { "nn module", "torch.nn.modules.container.Sequential" },
        { "control characters", "os.?[2Jsystem" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_pickle_that_asks_for_more_than_tensors_is_refused_by_name(string attack, string named)
    {
        byte[] pickle = Write(attack);
        TorchTensor[] none = [];

        foreach (byte[] bytes in new[] { TorchWriter.Zip(pickle, none), TorchWriter.Legacy(pickle, none), pickle })
        {
            var problem = Assert.Throws<InvalidInputException>(() => TensorFile.Open(_folder.Write("evil.pth", bytes)));
            Assert.Contains(named, problem.Message);
            Assert.Contains("evil.pth", problem.Message);
            Assert.DoesNotContain(problem.Message, char.IsControl);
        }
        Assert.Equal(["evil.pth"], _folder.Files());
    }

    [Theory]
    [InlineData("empty stack", "takes more from its stack")]
    [InlineData("pop below mark", "takes more from its stack")]
    [InlineData("no mark", "closes a list")]
    [InlineData("memo", "recalls the object 9")]
    [InlineData("long text", "ends early")]
    [InlineData("huge text", "at most")]
    [InlineData("huge integer", "an integer of 2000000000 bytes")]
    [InlineData("bad UTF-8", "not UTF-8")]
    [InlineData("endless name", "a name of more than")]
    [InlineData("append to text", "appends to something that is no list")]
    [InlineData("odd items", "sets items of something")]
    [InlineData("bad persistent id", "refers to something that is no storage")]
    [InlineData("too many opcodes", "more than 1000000 opcodes")]
    [InlineData("no dictionary", "holds no dictionary")]
    public void A_damaged_pickle_is_refused(string damage, string expected)
    {
        string path = _folder.Write("x.pth", TorchWriter.Zip(WriteDamage(damage)));

        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => TensorFile.Open(path)).Message);
    }

    [Fact]
    public void Deep_nesting_neither_recurses_nor_grows_without_bound()
    {
        PickleWriter writer = new PickleWriter().Protocol();
        for (int i = 0; i < 300_000; i++)
            writer.Raw("]");
        for (int i = 1; i < 300_000; i++)
            writer.Raw("a");
        string path = _folder.Write("x.pth", TorchWriter.Zip(writer.Stop().ToArray()));

        Assert.Contains("holds no dictionary", Assert.Throws<InvalidInputException>(() => TensorFile.Open(path)).Message);
    }

    [Fact]
    public void The_malicious_file_is_refused_and_executes_nothing()
    {
        string path = SharedData.Path("models/interop/malicious.pth");

        var problem = Assert.Throws<InvalidInputException>(() => ModelFile.Read(path));

        Assert.Contains("posix.system", problem.Message);
        Assert.False(File.Exists("pwned-by-pickle"));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "pwned-by-pickle")));
    }

    private byte[] Write(string attack)
    {
        PickleWriter writer = new PickleWriter().Protocol(4);
        string command = $"touch {Trap}";
        PickleWriter System() => writer.Global("posix", "system").Mark().Text(command).Tuple();
        _ = attack switch
        {
            "GLOBAL and REDUCE" => System().Reduce(),
            "GLOBAL alone" => writer.Global("os", "system"),
            "builtins.eval" => writer.Global("builtins", "eval").Mark().Text($"open('{Trap}','w')").Tuple().Reduce(),
            "builtins.getattr" => writer.Global("builtins", "getattr"),
            "STACK_GLOBAL" => writer.Text("posix").Text("system").Raw(0x93).Mark().Text(command).Tuple().Reduce(),
            "STACK_GLOBAL by memo" => writer.Text("subprocess").Raw("q\0").Text("Popen").Raw(0x94).Raw("0").Raw("h\u0001").Raw(0x93),
            "INST" => writer.Mark().Text(command).Raw("iposix\nsystem\n"),
            "OBJ" => writer.Mark().Global("posix", "system").Text(command).Raw("o"),
            "NEWOBJ" => System().Raw(0x81),
            "NEWOBJ of an allowed name" => writer.Global("collections", "OrderedDict").EmptyTuple().Raw(0x81),
            "NEWOBJ_EX" => writer.Global("collections", "OrderedDict").EmptyTuple().EmptyDictionary().Raw(0x92),
            "EXT1" => writer.Raw(0x82, 1),
            "BUILD with a state" => writer.Global("collections", "UserDict").EmptyTuple().Reduce().EmptyDictionary().Raw("b"),
            "REDUCE of text" => writer.Text("os.system").Mark().Text(command).Tuple().Reduce(),
            "REDUCE within an argument" => System().Reduce().Raw("0").Global("collections", "OrderedDict"),
            "REDUCE within a persistent id" => writer.Mark().Text("storage").Global("posix", "system").Text("0").Text("cpu").Integer(1).Tuple().Raw("Q"),
            "dotted name of an allowed module" => writer.Text("torch._utils").Text("sys.modules").Raw(0x93),
            "torch.load" => writer.Global("torch", "load"),
            "allowed name of another module" => writer.Global("os", "OrderedDict"),
            "nn module" => writer.Global("torch.nn.modules.container", "Sequential"),
            "control characters" => writer.Global("os", "\u001b[2Jsystem"),
            _ => throw new ArgumentException(attack, nameof(attack)),
        };
        return writer.Stop().ToArray();
    }

    private static byte[] WriteDamage(string damage)
    {
        PickleWriter writer = new PickleWriter().Protocol();
        _ = damage switch
        {
            "empty stack" => writer.Raw("0"),
            "pop below mark" => writer.Integer(1).Mark().Raw("0"),
            "no mark" => writer.Raw("t"),
            "memo" => writer.Raw((byte)'h', 9),
            "long text" => writer.Raw((byte)'X', 0xff, 0xff, 0, 0),
            "huge text" => writer.Raw((byte)'X', 0xff, 0xff, 0xff, 0xff),
            "huge integer" => writer.Raw(0x8b, 0x00, 0x94, 0x35, 0x77),
            "bad UTF-8" => writer.Raw((byte)'X', 1, 0, 0, 0, 0xff),
            "endless name" => writer.Raw("c" + new string('a', 5000)),
            "append to text" => writer.Text("x").Integer(1).Raw("a"),
            "odd items" => writer.EmptyDictionary().Mark().Integer(1).SetItems(),
            "bad persistent id" => writer.Mark().Text("module").Tuple().Raw("Q"),
            "too many opcodes" => writer.Raw(new string('N', 1_000_001)),
            "no dictionary" => writer.Integer(1),
            _ => throw new ArgumentException(damage, nameof(damage)),
        };
        return writer.Stop().ToArray();
    }
}
