using System.Numerics;

namespace Pastiche.Models;

/// <summary>
/// Interprets the part of Python's pickle language that <c>torch.save</c> writes: a stack, a memo, and calls of the names in
/// <see cref="PickleGlobals"/>. A pickle is a program and can ask for any function of Python; here a name outside that list,
/// or an opcode outside those below, ends the reading, and no code but this file's runs in any case. Time and memory are
/// bounded by the number of opcodes; nothing recurses.
/// </summary>
internal sealed class PickleMachine
{
    private const int MaximumOpcodes = 1_000_000;
    private const int MaximumIntegerBytes = 64;

    private readonly PickleInput input;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<long, object?> memo = [];
    private readonly Dictionary<string, PickleStorage> storages = [];

    private PickleMachine(PickleInput input) => this.input = input;

    /// <summary>Reads one pickle and leaves the stream behind it.</summary>
    /// <param name="stream">A stream with a length.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <returns>The object and the storages that it refers to, by key.</returns>
    /// <exception cref="InvalidInputException">The pickle is damaged or asks for anything but tensors.</exception>
    public static (object? Value, IReadOnlyDictionary<string, PickleStorage> Storages) Run(Stream stream, string file)
    {
        var machine = new PickleMachine(new PickleInput(stream, file));
        for (int count = 0; count < MaximumOpcodes; count++)
        {
            byte opcode = machine.input.Byte();
            if (opcode == '.')
                return (machine.Pop(), machine.storages);
            machine.Execute(opcode);
        }
        throw machine.input.Failure($"it has more than {MaximumOpcodes} opcodes");
    }

    private void Execute(byte opcode)
    {
        switch (opcode)
        {
            // Framing says nothing about the value.
            case 0x80: input.Byte(); break;
            case 0x95: input.Bytes(sizeof(ulong)); break;

            // Constants.
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)input.Byte()); break;
            case (byte)'M': Push((long)input.UInt16()); break;
            case (byte)'J': Push((long)input.Int32()); break;
            case 0x8a: Push(Integer(input.Byte())); break;
            case 0x8b: Push(Integer(input.Length32())); break;
            case (byte)'G': Push(input.Double()); break;
            case (byte)'X': Push(input.Text(input.Length32())); break;
            case 0x8c: Push(input.Text(input.Byte())); break;
            case 0x8d: Push(input.Text(input.Length64())); break;
            case (byte)'U': Push(input.Text(input.Byte())); break;
            case (byte)'T': Push(input.Text(input.Length32())); break;
            case (byte)'C': Push(input.Bytes(input.Byte())); break;
            case (byte)'B': Push(input.Bytes(input.Length32())); break;

            // The stack and the memo.
            case (byte)'(': marks.Push(stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)'q': memo[input.Byte()] = Top(); break;
            case (byte)'r': memo[input.Length32()] = Top(); break;
            case 0x94: memo[memo.Count] = Top(); break;
            case (byte)'h': Push(Recall(input.Byte())); break;
            case (byte)'j': Push(Recall(input.Length32())); break;

            // Containers.
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(PopMany(1)); break;
            case 0x86: Push(PopMany(2)); break;
            case 0x87: Push(PopMany(3)); break;
            case (byte)'t': Push(PopToMark()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'l': Push(new List<object?>(PopToMark())); break;
            case (byte)'a': Append(PopMany(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'}': Push(new PickleDictionary()); break;
            case (byte)'d': Push(new PickleDictionary()); SetItems(PopBelowTop()); break;
            case (byte)'s': SetItems(PopMany(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;

            // What may reach outside: names, calls and storages.
            case (byte)'c': Push(Global(input.Line(), input.Line())); break;
            case (byte)'i': throw Refused(input.Line(), input.Line());
            case 0x93: PushStackGlobal(); break;
            case (byte)'R': Reduce(); break;
            case (byte)'b': Build(); break;
            case (byte)'Q': Push(PersistentStorage()); break;

            default:
                throw input.Failure($"it has the opcode 0x{opcode:x2}, which no file of tensors needs");
        }
    }

    private void Push(object? value) => stack.Add(value);

    private int Floor => marks.TryPeek(out int mark) ? mark : 0;

    private object? Top() => stack.Count > Floor ? stack[^1] : throw Underflow();

    private object? Pop() => PopMany(1)[0];

    private object?[] PopMany(int count)
    {
        if (stack.Count - count < Floor)
            throw Underflow();
        object?[] items = [.. stack[^count..]];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw input.Failure("it closes a list that it did not open");
        object?[] items = PopMany(stack.Count - marks.Peek());
        marks.Pop();
        return items;
    }

    private object?[] PopBelowTop()
    {
        object? top = Pop();
        object?[] items = PopToMark();
        Push(top);
        return items;
    }

    private object? Recall(long index) =>
        memo.TryGetValue(index, out object? value) ? value : throw input.Failure($"it recalls the object {index}, which it did not keep");

    private object Integer(long bytes)
    {
        if (bytes > MaximumIntegerBytes)
            throw input.Failure($"it holds an integer of {bytes} bytes; at most {MaximumIntegerBytes} are read");
        var value = new BigInteger(input.Bytes(bytes));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw input.Failure("it appends to something that is no list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickleDictionary dictionary || items.Length % 2 != 0)
            throw input.Failure("it sets items of something that is no dictionary");
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private PickleGlobal Global(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return PickleGlobals.IsAllowed(global) ? global : throw Refused(module, name);
    }

    private void PushStackGlobal()
    {
        if (PopMany(2) is not [string module, string name])
            throw input.Failure("it names a global by something that is no text");
        Push(Global(module, name));
    }

    private void Reduce()
    {
        if (PopMany(2) is not [PickleGlobal global, object?[] arguments])
            throw input.Failure("it calls something that is no function of a tensor file");
        Push(PickleGlobals.Call(global, arguments) ?? throw input.Failure($"it calls {global} with arguments that make no tensor or dictionary"));
    }

    private void Build()
    {
        // An OrderedDict's attributes (torch keeps _metadata there) say nothing about its tensors.
        Pop();
        if (Top() is not PickleDictionary)
            throw input.Failure("it sets the state of something that is no dictionary");
    }

    private PickleStorage PersistentStorage()
    {
        PickleStorage storage = PickleGlobals.Storage(Pop()) ?? throw input.Failure("it refers to something that is no storage");
        if (storages.TryAdd(storage.Key, storage))
            return storage;
        return storages[storage.Key] == storage
            ? storage
            : throw input.Failure($"it describes the storage {Printable.Shorten(storage.Key)} in two ways");
    }

    private InvalidInputException Refused(string module, string name) =>
        input.Failure($"it asks for {Printable.Shorten($"{module}.{name}")}, which is not among the names that a file of tensors needs; nothing was executed");

    private InvalidInputException Underflow() => input.Failure("it takes more from its stack than it put there");
}
