using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Pastiche.Imaging;

/// <summary>
/// XMP metadata (ISO 16684-1) with one property of our own, which holds a text. It is the one kind of metadata that PNG, JPEG, WebP,
/// TIFF and AVIF all have.
/// </summary>
internal static class XmpPacket
{
    /// <summary>What libvips calls it.</summary>
    public const string Field = "xmp-data";

    private static readonly XNamespace Meta = "adobe:ns:meta/", Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Own = "urn:pastiche:1";

    private static readonly XName Property = Own + "note";

    /// <summary>Makes a packet.</summary>
    /// <param name="note">The text.</param>
    public static byte[] Write(string note)
    {
        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(
                Rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
                new XElement(
                    Rdf + "Description",
                    new XAttribute(XNamespace.Xmlns + "pastiche", Own),
                    new XAttribute(Rdf + "about", ""),
                    new XElement(Property, note))));
        return Encoding.UTF8.GetBytes(
            $"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>{packet.ToString(SaveOptions.DisableFormatting)}<?xpacket end=\"w\"?>");
    }

    /// <summary>The text of a packet; <c>null</c> when it has none or is no XML, as other programs' packets may be.</summary>
    public static string? Read(byte[] packet)
    {
        try
        {
            // No document type, so that no packet can make the parser expand or fetch anything.
            using var reader = XmlReader.Create(new MemoryStream(packet), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Descendants(Property).FirstOrDefault()?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
