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

    private readonly PickleInput _input;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Dictionary<string, PickleStorage> _storages = [];

    private PickleMachine(PickleInput input) => _input = input;

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
            byte opcode = machine._input.Byte();
            if (opcode == '.')
                return (machine.Pop(), machine._storages);
            machine.Execute(opcode);
        }
        throw machine._input.Failure($"it has more than {MaximumOpcodes} opcodes");
    }

    private void Execute(byte opcode)
    {
        switch (opcode)
        {
            // Framing says nothing about the value.
            case 0x80: _input.Byte(); break;
            case 0x95: _input.Bytes(sizeof(ulong)); break;

            // Constants.
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)_input.Byte()); break;
            case (byte)'M': Push((long)_input.UInt16()); break;
            case (byte)'J': Push((long)_input.Int32()); break;
            case 0x8a: Push(Integer(_input.Byte())); break;
            case 0x8b: Push(Integer(_input.Length32())); break;
            case (byte)'G': Push(_input.Double()); break;
            case (byte)'X': Push(_input.Text(_input.Length32())); break;
            case 0x8c: Push(_input.Text(_input.Byte())); break;
            case 0x8d: Push(_input.Text(_input.Length64())); break;
            case (byte)'U': Push(_input.Text(_input.Byte())); break;
            case (byte)'T': Push(_input.Text(_input.Length32())); break;
            case (byte)'C': Push(_input.Bytes(_input.Byte())); break;
            case (byte)'B': Push(_input.Bytes(_input.Length32())); break;

            // The stack and the memo.
            case (byte)'(': _marks.Push(_stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)'q': _memo[_input.Byte()] = Top(); break;
            case (byte)'r': _memo[_input.Length32()] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break;
            case (byte)'h': Push(Recall(_input.Byte())); break;
            case (byte)'j': Push(Recall(_input.Length32())); break;

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
            case (byte)'c': Push(Global(_input.Line(), _input.Line())); break;
            case (byte)'i': throw Refused(_input.Line(), _input.Line());
            case 0x93: PushStackGlobal(); break;
            case (byte)'R': Reduce(); break;
            case (byte)'b': Build(); break;
            case (byte)'Q': Push(PersistentStorage()); break;

            default:
                throw _input.Failure($"it has the opcode 0x{opcode:x2}, which no file of tensors needs");
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Underflow();

    private object? Pop() => PopMany(1)[0];

    private object?[] PopMany(int count)
    {
        if (_stack.Count - count < Floor)
            throw Underflow();
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw _input.Failure("it closes a list that it did not open");
        object?[] items = PopMany(_stack.Count - _marks.Peek());
        _marks.Pop();
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
        _memo.TryGetValue(index, out object? value) ? value : throw _input.Failure($"it recalls the object {index}, which it did not keep");

    private object Integer(long bytes)
    {
        if (bytes > MaximumIntegerBytes)
            throw _input.Failure($"it holds an integer of {bytes} bytes; at most {MaximumIntegerBytes} are read");
        var value = new BigInteger(_input.Bytes(bytes));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw _input.Failure("it appends to something that is no list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickleDictionary dictionary || items.Length % 2 != 0)
            throw _input.Failure("it sets items of something that is no dictionary");
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
            throw _input.Failure("it names a global by something that is no text");
        Push(Global(module, name));
    }

    private void Reduce()
    {
        if (PopMany(2) is not [PickleGlobal global, object?[] arguments])
            throw _input.Failure("it calls something that is no function of a tensor file");
        Push(PickleGlobals.Call(global, arguments) ?? throw _input.Failure($"it calls {global} with arguments that make no tensor or dictionary"));
    }

    private void Build()
    {
        // An OrderedDict's attributes (torch keeps _metadata there) say nothing about its tensors.
        Pop();
        if (Top() is not PickleDictionary)
            throw _input.Failure("it sets the state of something that is no dictionary");
    }

    private PickleStorage PersistentStorage()
    {
        PickleStorage storage = PickleGlobals.Storage(Pop()) ?? throw _input.Failure("it refers to something that is no storage");
        if (_storages.TryAdd(storage.Key, storage))
            return storage;
        return _storages[storage.Key] == storage
            ? storage
            : throw _input.Failure($"it describes the storage {Printable.Shorten(storage.Key)} in two ways");
    }

    private InvalidInputException Refused(string module, string name) =>
        _input.Failure($"it asks for {Printable.Shorten($"{module}.{name}")}, which is not among the names that a file of tensors needs; nothing was executed");

    private InvalidInputException Underflow() => _input.Failure("it takes more from its stack than it put there");
}
