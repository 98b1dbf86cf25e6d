package io.github.k8sclient.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.value.Bytes;

/**
 * The framing of protobuf in the API: the magic prefix, the envelope with the kind, lists
 * and watch frames.
 */
final class ProtobufFrames {

	private static final byte[] MAGIC = { 'k', '8', 's', 0 };

	private ProtobufFrames() {
	}

	/**
	 * Put a message into the envelope that names its kind.
	 * @param apiVersion the API version
	 * @param kind the kind
	 * @param message the message
	 * @return prefix and envelope
	 */
	static byte[] envelope(String apiVersion, String kind, byte[] message) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 64);
		out.writeBytes(envelopeHead(apiVersion, kind, message.length));
		out.writeBytes(message);
		out.writeBytes(envelopeTail());
		return out.toByteArray();
	}

	/**
	 * What comes before a message.
	 * @param apiVersion the API version
	 * @param kind the kind
	 * @param length the length of the message
	 * @return prefix and the begin of the envelope
	 */
	static byte[] envelopeHead(String apiVersion, String kind, long length) {
		ByteArrayOutputStream typeMeta = new ByteArrayOutputStream();
		field(typeMeta, 1, apiVersion.getBytes(StandardCharsets.UTF_8));
		field(typeMeta, 2, kind.getBytes(StandardCharsets.UTF_8));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(MAGIC);
		field(out, 1, typeMeta.toByteArray());
		varint(out, 2 << 3 | 2);
		varint(out, length);
		return out.toByteArray();
	}

	/**
	 * What comes after a message: content encoding and content type, both empty.
	 * @return the end of the envelope
	 */
	static byte[] envelopeTail() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		field(out, 3, new byte[0]);
		field(out, 4, new byte[0]);
		return out.toByteArray();
	}

	/**
	 * Take a message out of its envelope.
	 * @param body prefix and envelope
	 * @return the kind and the message
	 * @throws StatusException 400 if there is no envelope
	 * @throws DecodingException if the envelope is broken
	 */
	static Unknown open(byte[] body) {
		if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
			throw Statuses.badRequest(
					"provided data does not appear to be a protobuf message, expected prefix " + "[107 56 115 0]");
		}
		ProtobufReader in = new ProtobufReader(Arrays.copyOfRange(body, MAGIC.length, body.length),
				DecodingOptions.defaults());
		Unknown unknown = new Unknown("", "", new byte[0]);
		for (int field = in.nextField(); field > 0; field = in.nextField()) {
			switch (field) {
				case 1 -> unknown = typeMeta(in.readBytes(), unknown);
				case 2 -> unknown = new Unknown(unknown.apiVersion(), unknown.kind(), in.readBytes().toByteArray());
				default -> in.skipField();
			}
		}
		return unknown;
	}

	/**
	 * A frame of a watch.
	 * @param type the type of the event
	 * @param object the object in its envelope
	 * @return the frame with its length before it
	 */
	static byte[] watchFrame(String type, byte[] object) {
		ByteArrayOutputStream raw = new ByteArrayOutputStream(object.length + 8);
		field(raw, 1, object);
		ByteArrayOutputStream event = new ByteArrayOutputStream(object.length + 32);
		field(event, 1, type.getBytes(StandardCharsets.US_ASCII));
		field(event, 2, raw.toByteArray());
		return ByteBuffer.allocate(4 + event.size()).putInt(event.size()).put(event.toByteArray()).array();
	}

	static void field(ByteArrayOutputStream out, int number, byte[] value) {
		varint(out, (long) number << 3 | 2);
		varint(out, value.length);
		out.writeBytes(value);
	}

	private static void varint(ByteArrayOutputStream out, long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			out.write((int) (rest & 0x7F | 0x80));
			rest >>>= 7;
		}
		out.write((int) rest);
	}

	private static Unknown typeMeta(Bytes bytes, Unknown unknown) {
		ProtobufReader in = new ProtobufReader(bytes.toByteArray(), DecodingOptions.defaults());
		String apiVersion = "";
		String kind = "";
		for (int field = in.nextField(); field > 0; field = in.nextField()) {
			switch (field) {
				case 1 -> apiVersion = in.readString();
				case 2 -> kind = in.readString();
				default -> in.skipField();
			}
		}
		return new Unknown(apiVersion, kind, unknown.message());
	}

	/**
	 * A message and its kind.
	 *
	 * @param apiVersion the API version, empty if not given
	 * @param kind the kind, empty if not given
	 * @param message the message
	 */
	record Unknown(String apiVersion, String kind, byte[] message) {

	}

}
