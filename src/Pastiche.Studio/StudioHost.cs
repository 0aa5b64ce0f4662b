using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;
using OpenTelemetry.Metrics;
using Pastiche.Studio.Api;
using Pastiche.Studio.Components;
using Pastiche.Studio.Jobs;
using Pastiche.Studio.Page;
using Pastiche.Studio.Pictures;
using Pastiche.Studio.Security;
using Pastiche.Studio.Store;
using Scalar.AspNetCore;

namespace Pastiche.Studio;

/// <summary>Makes the studio's processes: the web application, and workers without one.</summary>
public static class StudioHost
{
    // One request brings a photograph, paintings and masks.
    private const int PicturesOfRequest = 8;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes the web application with page, API and, unless <see cref="StudioOptions.Workers"/> is 0, workers.</summary>
    /// <param name="options">How.</param>
    /// <exception cref="InvalidInputException">The options are not valid; all problems are listed.</exception>
    public static WebApplication Build(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Nothing is read from the folder in which somebody happens to be.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(StudioHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PicturesOfRequest * options.MaxUploadBytes;
        });
        AddLogging(builder.Logging);
        AddJobs(builder.Services, options);
        AddWeb(builder.Services, options);
        WebApplication app = builder.Build();
        Use(app, options);
        return app;
    }

    /// <summary>Makes a worker: a process that takes jobs of a queue that it shares with others.</summary>
    /// <param name="options">How; <see cref="StudioOptions.Storage"/> and the folder are those of the web application.</param>
    /// <exception cref="InvalidInputException">The options are not valid; all problems are listed.</exception>
    public static IHost BuildWorker(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Storage is null)
            throw new InvalidInputException("a worker needs the queue that it shares with others: --storage with PostgreSQL's connection string");
        Check(options);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        AddLogging(builder.Logging);
        AddJobs(builder.Services, options);
        return builder.Build();
    }

    /// <summary>Ends a process that <see cref="Build"/> or <see cref="BuildWorker"/> made, after a few seconds in any case.</summary>
    /// <param name="host">The process.</param>
    public static async Task StopAsync(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            await host.StopAsync();
        }
        catch (OperationCanceledException)
        {
            // Something did not stop in time and ends with the process.
        }
    }

    private static void Check(StudioOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems)
            throw new InvalidInputException(problems);
        try
        {
            Directory.CreateDirectory(options.DataFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"folder '{options.DataFolder}' cannot be made: {exception.Message}", exception);
        }
    }

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Pastiche", LogLevel.Information);
        // The folder belongs to its user; keys in it are as safe as the pictures.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Exceptions that clients cause are answered, not reported.
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.Error);
    }

    private static void AddJobs(IServiceCollection services, StudioOptions options)
    {
        // Whoever ends it need not wait for open pages; a job that does not stop in time is done again at the next start.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(options).AddSingleton<BlobStore>().AddSingleton<JobStore>().AddSingleton<DiskQuota>().AddSingleton<JobPictures>()
            .AddSingleton<JobQueue>().AddSingleton<JobDesk>().AddSingleton<JobRunner>().AddHostedService<Maintenance>();
        // Each host has a queue and services of its own; Hangfire's way to name them is one for the whole process.
        services.AddSingleton(_ => QueueOf(options));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new QueueLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        if (options.Workers > 0)
        {
            services.AddHangfireServer(server =>
            {
                server.WorkerCount = options.Workers;
                server.HeartbeatInterval = TimeSpan.FromSeconds(5);
                server.ServerTimeout = JobProgress.Patience;
                server.ServerCheckInterval = TimeSpan.FromSeconds(10);
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            });
        }
    }

    private static JobStorage QueueOf(StudioOptions options)
    {
        if (options.Storage is not { } connection)
            return new InMemoryStorage();
        var postgres = new PostgreSqlStorageOptions
        {
            SchemaName = "pastiche",
            QueuePollInterval = TimeSpan.FromMilliseconds(500),
            // A worker that gives no sign of life for so long loses its job to another.
            InvisibilityTimeout = JobProgress.Patience,
            UseSlidingInvisibilityTimeout = true,
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connection, postgres), postgres);
    }

    private static void AddWeb(IServiceCollection services, StudioOptions options)
    {
        services.AddSingleton<PictureIntake>().AddSingleton<StyleGallery>().AddSingleton<PictureCache>().AddSingleton<PreviewPainter>().AddSingleton<JobForm>();
        services.AddDataProtection().SetApplicationName("pastiche").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataFolder, "keys")));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "pastiche.antiforgery");
        ApiKeyGate.AddServices(services);
        services.AddRateLimiter(limits => RateLimits.Configure(limits, options));
        services.AddProblemDetails().AddExceptionHandler<Problems>();
        services.AddOpenApi(api => api.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Version) = ("Pastiche Studio", Stylizer.Version);
            return Task.CompletedTask;
        }));
        services.AddHealthChecks();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices().AddScoped<StudioDraft>().AddScoped<PageUploads>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(StudioMetrics.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter());
        // A name that leads here but is not ours is a trick to get around the browser's borders.
        if (options.ApiKey is null)
            services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
    }

    private static void Use(WebApplication app, StudioOptions options)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<ApiKeyGate>();
        app.UseMiddleware<OriginCheck>();
        app.UseAntiforgery();

        StudioAssets.Map(app);
        PicturesApi.Map(app);
        JobsApi.Map(app);
        ApiKeyGate.MapLogin(app);
        app.MapHealthChecks("/health");
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapOpenApi();
        app.MapScalarApiReference(scalar => scalar
            .WithTitle("Pastiche Studio").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton());
        app.UseHangfireDashboard("/queue", new DashboardOptions { Authorization = [new OperatorOnly()], DashboardTitle = "Pastiche: the queue", AppPath = "/" });
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

        bool isOpenToOthers = options.ApiKey is not null;
        if (isOpenToOthers && !options.Urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
            app.Logger.LogWarning("The key and the pictures travel unencrypted: listen at https:// or put a proxy with TLS in front");
    }
}
