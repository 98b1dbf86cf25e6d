package io.github.k8sclient.wire;

/**
 * For the modules of this project: it may change in any release.
 * <p>
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
