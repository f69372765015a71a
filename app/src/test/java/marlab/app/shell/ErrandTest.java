package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Button;
import marlab.app.fx.TestToolkit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErrandTest {

    private MessageBar messages;
    private Errand errand;
    private final AtomicReference<Object> outcome = new AtomicReference<>();

    @BeforeEach
    void begin() {
        TestToolkit.start();
        messages = fx(MessageBar::new);
        errand = fx(() -> new Errand(messages));
    }

    private <T> void run(Errand.Work<T> work) {
        onFx(() -> errand.run("Opening x", work, outcome::set, outcome::set));
    }

    @Test
    void resultsAndFailuresAreHandedBackOnTheFxThread() {
        run(heard -> 42);
        await("the result", () -> Integer.valueOf(42).equals(outcome.get()));
        run(heard -> {
            throw new IOException("It is torn.");
        });
        await("the failure", () -> outcome.get() instanceof IOException);
        assertFalse(fx(errand::busy));
        assertEquals("", fx(messages::said));
    }

    @Test
    void whatTakesLongIsToldWithTheTimeLeftAndCanBeCancelled() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        run(heard -> {
            heard.accept(0.4);
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "too late";
        });
        onFx(errand::telemetry);
        assertEquals("", fx(messages::said), "not at once");
        OpenWindow.sleep(700);
        onFx(errand::telemetry);
        String said = fx(messages::said);
        assertTrue(said.startsWith("Opening x: 40"), said);
        assertTrue(said.endsWith("s left"), said);
        onFx(() -> ((Button) messages.lookup("#message-action-0")).fire());
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        OpenWindow.settle();
        assertEquals("", fx(messages::said));
        OpenWindow.sleep(50);
        assertEquals(null, outcome.get(), "nothing comes of it");
    }
}
