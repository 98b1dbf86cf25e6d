package io.github.k8sclient.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block between {@code BEGIN} and {@code END} lines of a PEM text (RFC 7468). Text
 * outside of blocks is a comment.
 */
final class PemBlock {

	private static final String BEGIN = "-----BEGIN ";

	private static final String END = "-----END ";

	private static final String DASHES = "-----";

	private final String label;

	private final byte[] content;

	private final boolean encrypted;

	private PemBlock(String label, byte[] content, boolean encrypted) {
		this.label = label;
		this.content = content;
		this.encrypted = encrypted;
	}

	String label() {
		return this.label;
	}

	byte[] content() {
		return this.content;
	}

	/**
	 * Whether a pass phrase is needed to read the block.
	 */
	boolean encrypted() {
		return this.encrypted;
	}

	boolean isCertificate() {
		return this.label.equals("CERTIFICATE");
	}

	boolean isPrivateKey() {
		return this.label.endsWith("PRIVATE KEY");
	}

	/**
	 * Split a PEM text into its blocks.
	 * @param pem the text in bytes
	 * @return the blocks in the order of the text
	 * @throws IllegalArgumentException if a block does not end or is not base64; the
	 * message shows nothing of its content
	 */
	static List<PemBlock> parse(byte[] pem) {
		List<PemBlock> blocks = new ArrayList<>();
		String label = null;
		StringBuilder body = new StringBuilder();
		boolean encrypted = false;
		for (String text : new String(pem, StandardCharsets.ISO_8859_1).split("\r\n|\r|\n")) {
			String line = text.trim();
			if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
				label = line.substring(BEGIN.length(), line.length() - DASHES.length());
				encrypted = label.startsWith("ENCRYPTED ");
				body.setLength(0);
			}
			else if (label != null && line.equals(END + label + DASHES)) {
				blocks.add(new PemBlock(label, decode(label, body, encrypted), encrypted));
				label = null;
			}
			else if (label != null && line.indexOf(':') >= 0) {
				// Headers of the traditional format; only an encrypted key has one that
				// matters
				encrypted |= line.startsWith("Proc-Type:") && line.contains("ENCRYPTED");
			}
			else if (label != null) {
				body.append(line);
			}
		}
		if (label != null) {
			throw new IllegalArgumentException("its " + label + " block has no end");
		}
		return blocks;
	}

	private static byte[] decode(String label, StringBuilder body, boolean encrypted) {
		if (encrypted) {
			return new byte[0];
		}
		try {
			return Base64.getDecoder().decode(body.toString());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("its " + label + " block is not valid base64");
		}
	}

}
