package io.github.k8sclient.wire;

/**
 * An object as it is sent.
 *
 * @param format the format of the bytes
 * @param bytes the body of the request
 * @param lossy whether something of the object has no form in this format and is missing
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedObject(WireFormat format, byte[] bytes, boolean lossy) {

}
