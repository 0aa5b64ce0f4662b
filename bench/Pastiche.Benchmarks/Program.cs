using Pastiche;
using Pastiche.Benchmarks.Commands;

const string usage = """
    Pastiche's VGG-19 beside ONNX Runtime; see bench/README.md.

      chain     [--sizes 256,512,1024] [--taps relu4_1,relu5_1] [--pooling max|average] [--rounds N] [--threads N]
      busy      [--pooling max|average] [--rounds N] [--threads N]
      memory    [--size 1024] [--tap relu4_1] [--engine pastiche|onnxruntime] [--pooling max|average] [--threads N]
      evaluation [--model NAME|FILE] [--style-loss gram|wasserstein] [--size 512] [--rounds N] [--threads N]
      models    [--model NAME|FILE] [--size 512] [--tap relu4_1] [--pooling max|average] [--rounds N] [--threads N]
      selftest  [--threads N]
      autoencoder [--model NAME|FILE] [--photos DIR] [--peer DIR] [--size 512] [--output DIR] [--verbose] [--threads N]
      readout   [--model NAME|FILE] [--teacher NAME|FILE] [--train DIR] [--crops 100] [--photos DIR] [--threads N]
      distance  [--model NAME|FILE] [--size 512] [--iterations N] [--style-weight W] [--pairs 6] [--contents DIR] [--styles DIR]
                [--output DIR] [--threads N]
      losses    [--model NAME|FILE] [--size 384] [--iterations N] [--style-weight W] [--wasserstein-weight W] [--pairs 12] [--contents DIR]
                [--styles DIR] [--output DIR] [--threads N]
      universal [--model NAME|FILE] [--peer DIR] [--size 512] [--alpha 0.6] [--pairs 6] [--rounds 3] [--contents DIR] [--styles DIR]
                [--output DIR] [--threads N]
      universal-speed [--model NAME|FILE] [--peer DIR] [--sizes 512] [--print 3840x2160|none] [--alpha 0.6] [--rounds N]
                [--contents DIR] [--styles DIR] [--python PROGRAM] [--threads N]
      peers     [--peers neural-style-pt,style-transfer-pytorch] [--size 512] [--pair 1] [--share 0.1] [--full] [--goal-from DIR] [--rounds 3]
                [--iterations 10] [--style-weight W] [--settings FILE] [--contents DIR] [--styles DIR] [--inputs DIR] [--output DIR]
                [--python PROGRAM] [--verbose] [--threads N]
      regions   [--images DIR] [--size 512] [--model NAME|FILE] [--iterations 200] [--style-weight W] [--alpha 1] [--output DIR] [--verbose] [--threads N]
      calibrate --photos DIR [--model NAME|FILE] [--output FILE] [--every N] [--threads N]
    """;

try
{
    string[] rest = args.Length > 0 ? args[1..] : [];
    switch (args.FirstOrDefault())
    {
        case "chain":
            return ChainCommand.Run(rest);
        case "busy":
            return BusyCommand.Run(rest);
        case "memory":
            return MemoryCommand.Run(rest);
        case "evaluation":
            return EvaluationCommand.Run(rest);
        case "models":
            return ModelsCommand.Run(rest);
        case "autoencoder":
            return AutoencoderCommand.Run(rest);
        case "readout":
            return ReadoutCommand.Run(rest);
        case "distance":
            return DistanceCommand.Run(rest);
        case "losses":
            return LossesCommand.Run(rest);
        case "universal":
            return UniversalCommand.Run(rest);
        case "universal-speed":
            return UniversalSpeedCommand.Run(rest);
        case "peers":
            return PeersCommand.Run(rest);
        case "regions":
            return RegionsCommand.Run(rest);
        case "calibrate":
            return CalibrateCommand.Run(rest);
        case "selftest":
            return SelfTestCommand.Run(rest);
        case "spin": // started by busy
            return BusyCommand.Spin(rest);
        case "memory-of": // started by memory
            return MemoryCommand.MeasureOne(rest);
        case "universal-of": // started by universal-speed
            return UniversalSpeedCommand.MeasureOne(rest);
        case null or "help" or "--help" or "-h":
            Console.WriteLine(usage);
            return 0;
        default:
            throw new InvalidInputException($"command is '{args[0]}'; allowed: chain, busy, memory, evaluation, models, selftest, autoencoder, readout, distance, losses, universal, universal-speed, peers, regions, calibrate");
    }
}
catch (InvalidInputException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (InvalidOperationException exception) // the engines disagree, or the measurement was disturbed
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
