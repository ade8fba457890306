import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.PropertyValue;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;

/** Prints what Apache POI finds in .msg files: a JSON object a line for each file named on standard input. */
public final class ReadWithPoi {
    private ReadWithPoi() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = in.readLine(); file != null; file = in.readLine()) {
            out.println(describe(file));
        }
        out.flush();
    }

    private static String describe(String file) {
        try (MAPIMessage message = new MAPIMessage(file)) {
            message.setReturnNullOnMissingChunk(true);
            message.guess7BitEncoding();
            return object(
                "messageClass", text(message.getMainChunks().getMessageClass()),
                "subject", quote(message.getSubject()),
                "displayTo", quote(message.getDisplayTo()),
                "displayCc", quote(message.getDisplayCC()),
                "body", quote(message.getTextBody()),
                "recipients", recipients(message),
                "attachments", attachments(message),
                "fixed", fixed(message));
        } catch (Exception | StackOverflowError error) {
            return object("error", quote(error.toString()));
        }
    }

    private static String recipients(MAPIMessage message) {
        List<String> rows = new ArrayList<>();
        for (RecipientChunks row : message.getRecipientDetailsChunks()) {
            rows.add(object("name", text(row.recipientDisplayNameChunk), "address", text(row.recipientEmailChunk)));
        }
        return array(rows);
    }

    private static String attachments(MAPIMessage message) throws Exception {
        List<String> rows = new ArrayList<>();
        for (AttachmentChunks attachment : message.getAttachmentFiles()) {
            ByteChunk data = attachment.getAttachData();
            String embedded = "null";
            // POI calls any storage an embedded message, that of an OLE object too.
            if (attachment.isEmbeddedMessage()
                && attachment.getAttachmentDirectory().getDirectory().hasEntry("__properties_version1.0")) {
                MAPIMessage inner = attachment.getEmbeddedMessage();
                inner.setReturnNullOnMissingChunk(true);
                inner.guess7BitEncoding();
                embedded = quote(inner.getSubject() == null ? "" : inner.getSubject());
            }
            rows.add(object(
                "longName", text(attachment.getAttachLongFileName()),
                "shortName", text(attachment.getAttachFileName()),
                "hash", data == null ? "null" : quote(sha256(data.getValue())),
                "embedded", embedded));
        }
        return array(rows);
    }

    /** Type and value bytes of the properties that POI knows and that lie in the property stream itself. */
    private static String fixed(MAPIMessage message) {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<MAPIProperty, PropertyValue> entry
            : message.getMainChunks().getRawProperties().entrySet()) {
            PropertyValue value = entry.getValue();
            if (entry.getKey() == MAPIProperty.UNKNOWN || value == null || !value.getActualType().isFixedLength()) {
                continue;
            }
            rows.add(object(
                "id", Integer.toString(entry.getKey().id),
                "type", Integer.toString(value.getActualType().getId()),
                "bytes", quote(hex(value.getRawValue()))));
        }
        return array(rows);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String hex(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (byte b : bytes) {
            digits.append(String.format("%02x", b));
        }
        return digits.toString();
    }

    private static String text(StringChunk chunk) {
        return quote(chunk == null ? null : chunk.getValue());
    }

    private static String array(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    private static String object(String... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(quote(namesAndValues[i]) + ":" + namesAndValues[i + 1]);
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String quote(String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
