package marlab.app.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// Encodes on a thread of its own while the next frames are painted. A few frames go round:
/// painted, encoded, free again. Used by the thread that paints.
final class EncoderThread implements AutoCloseable {

    private static final int FRAMES = 3;

    private final FilmEncoder encoder;
    private final BlockingQueue<BufferedImage> free = new ArrayBlockingQueue<>(FRAMES + 1);
    private final BlockingQueue<BufferedImage> painted = new ArrayBlockingQueue<>(FRAMES + 1);
    private final BufferedImage end = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    private final Thread thread;
    private volatile Throwable failure;

    EncoderThread(FilmEncoder encoder, Supplier<BufferedImage> canvas) {
        this.encoder = encoder;
        for (int k = 0; k < FRAMES; k++) {
            free.add(canvas.get());
        }
        thread = Thread.ofPlatform().name("film-encoder").daemon().start(this::encode);
    }

    private void encode() {
        try {
            for (BufferedImage frame = painted.take(); frame != end; frame = painted.take()) {
                encoder.add(frame);
                free.add(frame);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed early
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            free.add(end); // whoever waits shall wake up
        }
    }

    /// A frame to paint into; waits until one is free.
    BufferedImage free() throws IOException {
        try {
            BufferedImage frame = free.take();
            tell();
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /// Hands over a frame that is painted.
    void add(BufferedImage frame) {
        painted.add(frame);
    }

    /// Waits until all frames are encoded and completes the draft.
    void finish() throws IOException {
        painted.add(end);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        tell();
        encoder.finish();
    }

    private void tell() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /// Ends the thread, if it still runs; the encoder is nobody's afterwards.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
