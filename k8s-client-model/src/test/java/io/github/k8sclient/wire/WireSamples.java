package io.github.k8sclient.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.value.Bytes;

/**
 * Bodies as an API server sends them.
 */
final class WireSamples {

	private WireSamples() {
	}

	static ConfigMap configMap(String name, String value) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.namespace("default").name(name).resourceVersion("7"))
			.data(Map.of("key", value, "{[\"\\", "}]\" \u00e4\u20ac\ud83d\ude00"))
			.build();
	}

	static Status gone() {
		return Status.builder().status("Failure").reason("Expired").code(410).message("too old").build();
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static <T> byte[] json(Codec<T> codec, T value) {
		return ObjectDecoder.encode(codec, value, WireFormat.JSON).bytes();
	}

	static <T> byte[] protobuf(Codec<T> codec, T value) {
		return ObjectDecoder.encode(codec, value, WireFormat.PROTOBUF).bytes();
	}

	static byte[] jsonList(List<ConfigMap> items) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(
				utf8("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\n\"metadata\":{\"resourceVersion\":\"42\","
						+ "\"continue\":\"next\"},\"items\" : [ "));
		for (int index = 0; index < items.size(); index++) {
			out.writeBytes(utf8((index > 0) ? ",\n" : ""));
			out.writeBytes(json(ConfigMap.CODEC, items.get(index)));
		}
		out.writeBytes(utf8("],\"future\":[{\"x\":\"}\"}]}\n"));
		return out.toByteArray();
	}

	/**
	 * A list in an envelope, with fields between that nobody knows.
	 */
	static byte[] protobufList(List<ConfigMap> items) {
		ProtobufWriter out = new ProtobufWriter();
		out.writeString(4, "");
		out.writeString(3, "");
		int list = out.beginMessage();
		out.writeLong(100, -1);
		for (int index = items.size() - 1; index >= 0; index--) {
			int item = out.beginMessage();
			items.get(index).writeProtobuf(out);
			out.endMessage(2, item);
			out.writeDouble(101, 1);
		}
		out.writeString(102, "unknown");
		int metadata = out.beginMessage();
		out.writeString(3, "next");
		out.writeString(2, "42");
		out.endMessage(1, metadata);
		out.endMessage(2, list);
		int type = out.beginMessage();
		out.writeString(2, "ConfigMapList");
		out.writeString(1, "v1");
		out.endMessage(1, type);
		byte[] body = new byte[4 + out.size()];
		System.arraycopy(utf8("k8s\0"), 0, body, 0, 4);
		out.copyTo(body, 4);
		return body;
	}

	static byte[] jsonFrame(String type, byte[] object) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(utf8("{\"type\":\"" + type + "\",\"object\":"));
		out.writeBytes(object);
		out.writeBytes(utf8("}\n"));
		return out.toByteArray();
	}

	static byte[] protobufFrame(String type, byte[] object) {
		ProtobufWriter out = new ProtobufWriter();
		int raw = out.beginMessage();
		out.writeBytes(1, Bytes.of(object));
		out.endMessage(2, raw);
		out.writeString(1, type);
		return frame(out.toByteArray());
	}

	static byte[] frame(byte[] content) {
		return ByteBuffer.allocate(4 + content.length).putInt(content.length).put(content).array();
	}

	static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

}
