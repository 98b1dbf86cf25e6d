package io.github.k8sclient.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;

/**
 * Bodies as an API server sends them.
 */
final class Wire {

	private static final byte[] MAGIC = { 'k', '8', 's', 0 };

	private Wire() {
	}

	static Pod pod(String name) {
		return Pod.builder()
			.metadata((metadata) -> metadata.name(name).namespace("a").resourceVersion("7"))
			.spec((spec) -> spec.nodeName("worker-ü"))
			.build();
	}

	static String json(Pod pod) {
		return new String(ObjectDecoder.encode(Pod.CODEC, pod, WireFormat.JSON).bytes(), StandardCharsets.UTF_8);
	}

	static byte[] protobuf(Pod pod) {
		return ObjectDecoder.encode(Pod.CODEC, pod, WireFormat.PROTOBUF).bytes();
	}

	static String json(Status status) {
		return new String(ObjectDecoder.encode(Status.CODEC, status, WireFormat.JSON).bytes(), StandardCharsets.UTF_8);
	}

	static byte[] protobuf(Status status) {
		return ObjectDecoder.encode(Status.CODEC, status, WireFormat.PROTOBUF).bytes();
	}

	static String jsonList(Pod... pods) {
		String items = String.join(",", List.of(pods).stream().map(Wire::json).toList());
		return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"42\"},\"items\":["
				+ items + "]}";
	}

	static byte[] protobufList(Pod... pods) {
		ByteArrayOutputStream list = new ByteArrayOutputStream();
		list.writeBytes(field(1, field(2, "42".getBytes(StandardCharsets.UTF_8))));
		for (Pod pod : pods) {
			list.writeBytes(field(2, message(protobuf(pod))));
		}
		return envelope("PodList", list.toByteArray());
	}

	// The envelope's second field, which follows its magic number and its first field
	private static byte[] message(byte[] envelope) {
		ByteBuffer in = ByteBuffer.wrap(envelope).position(MAGIC.length + 1);
		in.position(in.get() + in.position());
		in.get();
		byte[] message = new byte[varint(in)];
		in.get(message);
		return message;
	}

	static String jsonFrame(String type, String object) {
		return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
	}

	static byte[] protobufFrame(String type, byte[] object) {
		ByteArrayOutputStream event = new ByteArrayOutputStream();
		event.writeBytes(field(1, type.getBytes(StandardCharsets.UTF_8)));
		event.writeBytes(field(2, field(1, object)));
		return ByteBuffer.allocate(4 + event.size()).putInt(event.size()).put(event.toByteArray()).array();
	}

	private static byte[] envelope(String kind, byte[] message) {
		ByteArrayOutputStream type = new ByteArrayOutputStream();
		type.writeBytes(field(1, "v1".getBytes(StandardCharsets.UTF_8)));
		type.writeBytes(field(2, kind.getBytes(StandardCharsets.UTF_8)));
		ByteArrayOutputStream envelope = new ByteArrayOutputStream();
		envelope.writeBytes(MAGIC);
		envelope.writeBytes(field(1, type.toByteArray()));
		envelope.writeBytes(field(2, message));
		return envelope.toByteArray();
	}

	private static byte[] field(int number, byte[] content) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(number << 3 | 2);
		int length = content.length;
		while (length >= 0x80) {
			out.write(length & 0x7f | 0x80);
			length >>>= 7;
		}
		out.write(length);
		out.writeBytes(content);
		return out.toByteArray();
	}

	private static int varint(ByteBuffer in) {
		int value = 0;
		for (int shift = 0;; shift += 7) {
			byte next = in.get();
			value |= (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
	}

}
